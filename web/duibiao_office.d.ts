// The second program as the linker writes it, next to the page's modules.
export interface Office {
  _duibiao_office_buffer(size: number): number;
  _duibiao_office_make_key(headerSize: number, formSize: number): number;
  _duibiao_office_forget(): void;
  _duibiao_office_write(headerSize: number, formSize: number): void;
  _duibiao_desk_buffer(size: number): number;
  _duibiao_desk_clear(): void;
  _duibiao_desk_form(): void;
  _duibiao_desk_campaign(english: number): void;
  _duibiao_desk_add(keySize: number): void;
  _duibiao_desk_take(nameSize: number, passwordSize: number): void;
  _duibiao_desk_revise(keySize: number, english: number): void;
  _duibiao_desk_view(english: number): void;
  _duibiao_desk_weak(english: number): void;
  _duibiao_desk_write(headerSize: number, english: number): void;
}
export default function createOffice(options: object): Promise<Office>;
