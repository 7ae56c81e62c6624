// Lets node read the page's modules: they are .js files without a package.json beside them.
import { register } from "node:module";

const hooks = `
export async function load(url, context, next) {
  return next(url, /\\/web\\/[a-z_]+\\.js(\\?\\d+)?$/.test(url) ? { ...context, format: "module" } : context);
}`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);

/** @param {string} name of a file in web/ */
export const load = (name) => import(new URL(`../../web/${name}`, import.meta.url).href);
