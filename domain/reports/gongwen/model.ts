/**
 * An official document as content, without any layout: what the summary hands over and the writers read. Browser-safe,
 * plain JSON. Numbers of headings, tables and attachments are made by the writer, never typed here.
 */

export interface OfficialDocument {
  title: string
  /** A line under the title, such as （2024年上半年）. */
  subtitle?: string | undefined
  /** 主送机关, without its colon. A summary usually has none. */
  addressee?: string | undefined
  /** Red head of a formal document. A summary usually has none. */
  head?: DocumentHead | undefined
  /** What stands before the first heading. */
  opening: Block[]
  sections: Section[]
  /** Names of attachments, for the note under the text. */
  attachments?: string[] | undefined
  signature?: Signature | undefined
}

export interface DocumentHead {
  /** The organisation in red, e.g. 共青团某某县委员会文件. */
  organ: string
  /** 发文字号, e.g. 某团发〔2024〕6号. */
  number?: string | undefined
  /** 密级和保密期限, e.g. 秘密★1年. */
  secrecy?: string | undefined
  /** 紧急程度, e.g. 特急. */
  urgency?: string | undefined
}

/** Its level is its depth: 一、 → （一） → 1. → （1）; deeper ones are not allowed. */
export interface Section {
  heading: string
  /** The heading is the first sentence of the first paragraph; levels 2–4 only. */
  runIn?: boolean | undefined
  blocks: Block[]
  sections?: Section[] | undefined
}

export type Block = Paragraph | Table

export interface Paragraph {
  kind: 'paragraph'
  runs: Run[]
  /** Ends on the page on which what follows begins. */
  keepNext?: boolean | undefined
}

/** Text in one look. `figure` names the figure that the text states; it stays findable in the file, unseen. */
export interface Run {
  text: string
  bold?: boolean | undefined
  figure?: string | undefined
}

export interface Table {
  kind: 'table'
  /** Printed above the table, without 表1. */
  caption?: string | undefined
  /** Relative to each other; the table fills the text's width (156 mm). */
  columnWidthsMm: number[]
  headerRows: Cell[][]
  rows: Cell[][]
}

export type Align = 'left' | 'center' | 'right'

/** A cell that spans columns or rows takes the place of those it covers, which are left out. */
export interface Cell {
  runs: Run[]
  align?: Align | undefined
  columnSpan?: number | undefined
  rowSpan?: number | undefined
}

export interface Signature {
  organ: string
  /** YYYY-MM-DD */
  day: string
  /** Leaves room for a seal over the date. */
  sealed?: boolean | undefined
}

export const paragraph = (...runs: (string | Run)[]): Paragraph => ({
  kind: 'paragraph',
  runs: runs.map(asRun),
})
export const cell = (content: string | Run, align?: Align): Cell => ({ runs: [asRun(content)], align })

const asRun = (content: string | Run): Run => (typeof content === 'string' ? { text: content } : content)
