// What the page asks of the superior's desk (desk.js, desk_worker.js).
export interface Order {
  type: string;
  header: Record<string, any>;
  parts: Uint8Array[];
  files?: File[];
}
