// The score table as a SurveyJS form. The peer is given its production (minified) build, its style sheet without web
// fonts, one language, and no feature that the comparison does not need: no measures, group titles, veto conditions,
// later layers' reasons, storage, undo or findings, all of which the program's own page has. Texts are written back
// when a field is left, SurveyJS's default, which spares it the sums at every key.

const layers = ["self", "acceptance", "rating"];

/** @param {string} layer @param {string} item */
const scoreName = (layer, item) => `${layer}_${item.replaceAll(".", "_")}`;
/** @param {string} item */
const noteName = (item) => `note_${item.replaceAll(".", "_")}`;

/** @param {any} criterion @param {any} labels */
function criterionRow(criterion, labels) {
  const title = `${criterion.number}. ${criterion.text}（${criterion.points}分）`;
  const note = { type: "comment", name: noteName(criterion.id), title, rows: 1 };
  const scores = layers.map((layer, at) => ({
    type: "text",
    inputType: "number",
    name: scoreName(layer, criterion.id),
    title: labels[at].short,
    min: 0,
    max: criterion.points,
    step: 0.5,
    readOnly: layer !== "self",
    startWithNewLine: false,
  }));
  return [note, ...scores];
}

/** @param {string} name @param {string} title @param {string[]} names */
const sum = (name, title, names) => ({
  type: "expression",
  name,
  title,
  expression: `sum(${names.map((one) => `{${one}}`).join(", ")})`,
});

/** @param {any} section */
const criteriaOf = (section) => section.groups.flatMap((/** @type {any} */ group) => group.criteria);

/** @param {any} instrument */
export function makeForm(instrument) {
  const panels = instrument.sections.map((/** @type {any} */ section) => {
    const criteria = criteriaOf(section);
    const names = criteria.map((/** @type {any} */ criterion) => scoreName("self", criterion.id));
    const rows = criteria.flatMap((/** @type {any} */ criterion) => criterionRow(criterion, instrument.layers));
    const title = `${section.title}（${section.points}分）`;
    return {
      type: "panel",
      name: `section_${section.id}`,
      title,
      elements: [...rows, sum(`sum_${section.id}`, "得分", names)],
    };
  });
  const sums = instrument.sections.map((/** @type {any} */ section) => `sum_${section.id}`);
  return {
    title: instrument.title,
    description: instrument.heading,
    questionsOnPageMode: "singlePage",
    showQuestionNumbers: "off",
    elements: [...panels, sum("total", "总分", sums)],
  };
}

/**
 * @param {any} instrument
 * @param {Map<string, {score: string, note: string}>} answers the self layer by criterion
 */
export function makeAnswers(instrument, answers) {
  /** @type {Record<string, string | number>} */
  const data = {};
  for (const section of instrument.sections) {
    for (const criterion of criteriaOf(section)) {
      const answer = answers.get(criterion.id);
      if (!answer) continue;
      if (answer.score !== "") data[scoreName("self", criterion.id)] = Number(answer.score);
      if (answer.note !== "") data[noteName(criterion.id)] = answer.note;
    }
  }
  return data;
}
