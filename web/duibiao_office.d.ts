// The second program as the linker writes it, next to the page's modules.
export interface Office {
  _duibiao_office_buffer(size: number): number;
  _duibiao_office_make_key(headerSize: number, formSize: number): number;
  _duibiao_office_forget(): void;
  _duibiao_office_write(headerSize: number, formSize: number): void;
}
export default function createOffice(options: object): Promise<Office>;
