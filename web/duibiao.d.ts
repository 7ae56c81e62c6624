// The program as the linker writes it, next to the page's modules.
export default function createProgram(options: object): Promise<object>;
