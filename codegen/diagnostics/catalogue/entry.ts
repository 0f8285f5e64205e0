/** What a code means, for the docs and for `signalbox explain`. */
export interface CatalogueEntry {
  readonly title: string;
  readonly cause: string;
  readonly fix: string;
}
