// The peer's whole program. Options in the address: ?filled, ?lazy, ?typing.
"use strict";

const options = new URLSearchParams(location.search);
const { form, answers } = window.benchForm;
if (options.has("typing")) form.textUpdateMode = "onTyping";
const survey = new Survey.Model(form);
survey.locale = "zh-cn";
if (options.has("lazy")) survey.lazyRenderEnabled = true;
if (options.has("filled")) survey.data = answers;
survey.onAfterRenderSurvey.add(() => requestAnimationFrame(() => performance.mark("peer-ready")));
survey.render(document.getElementById("survey"));
