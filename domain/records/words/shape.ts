/**
 * The words of a line of work: how offices head the columns of its sheets, title the sheets, write the choices, and ask
 * for its figures. One file a line, whose name is free; the registry reads the folder. Words stand in one text,
 * divided by blanks or line breaks, the likeliest first. Of two that `shared.ts` takes for alike, one is stated.
 */
export interface LineOfWords {
  /** As the ledgers name it: 组织建设. */
  line: string
  /** By the ledger's id. */
  ledgers: Record<string, LedgerWords>
}

export interface LedgerWords {
  /** In titles of sheets, beside the ledger's own. */
  sheets?: string
  /** Of columns, by the id of the field or role; title, day, org and personTimes are the common columns. */
  headers?: Record<string, string>
  /** Of choices, by field and value: 'kind.themeDay'. */
  options?: Record<string, string>
  /** For measures, by the id within the ledger, beside their titles: what a question may call them. */
  asked?: Record<string, string>
}

export const wordsIn = (text = ''): string[] => text.split(/\s+/).filter(Boolean)
