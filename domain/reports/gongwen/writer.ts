/** Writes an official document as .docx in the layout of GB/T 9704-2012, as Word, WPS and LibreOffice all show it. */
import {
  AlignmentType,
  Bookmark,
  BorderStyle,
  Document,
  DocumentGridType,
  Footer,
  type IParagraphOptions,
  Packer,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  type Table,
  TextRun,
} from 'docx'
import { invalid } from '../../../kernel/errors.ts'
import { dateInWords } from '../../../kernel/period.ts'
import { heldTogether } from './closing.ts'
import { type FontSet, type Fonts, face, fontsOf, fontTableXml, splitByFont } from './fonts.ts'
import { type Level, markOf, withoutMark } from './marks.ts'
import type {
  Block,
  DocumentHead,
  OfficialDocument,
  Run,
  Section,
  Signature,
  Paragraph as TextParagraph,
} from './model.ts'
import { finish } from './pack.ts'
import {
  CHAR_WIDTH,
  CHARS_PER_LINE,
  LINE_PITCH,
  MARGIN,
  PAGE,
  SIZE,
  TEXT_WIDTH,
  TWIPS_PER_MM,
} from './page.ts'
import { exactly, headingStyle, STYLE, stylesOf } from './styles.ts'
import { tableOf } from './table.ts'
import { shapeTitle, widthOf } from './title.ts'

export interface WriteOptions {
  /** YYYY-MM-DD, in the file's properties. The same document and options give the same bytes. */
  day: string
  /** The organisation, in the file's properties; never a person. */
  organ: string
  /** classic names …_GB2312, windows what Windows has, open what anybody may install. */
  fontSet?: FontSet | undefined
  /** Levels to set in bold: a habit of some offices, not of the standard. */
  boldLevels?: Level[] | undefined
  /** Page numbers in the middle, for offices that print one side. */
  centeredPageNumbers?: boolean | undefined
}

/** @throws invalid `outline` when headings go deeper than four levels. */
export async function writeDocx(document: OfficialDocument, options: WriteOptions): Promise<Uint8Array> {
  const fonts = fontsOf[options.fontSet ?? 'classic']
  const setter = new Setter(fonts)
  const file = new Document({
    title: printable(document.title),
    creator: printable(options.organ),
    lastModifiedBy: printable(options.organ),
    evenAndOddHeaderAndFooters: true,
    styles: stylesOf({ fonts, boldLevels: options.boldLevels ?? [] }),
    sections: [
      {
        properties: {
          page: { size: PAGE, margin: { ...MARGIN, header: 851, gutter: 0 } },
          grid: { type: DocumentGridType.LINES, linePitch: LINE_PITCH },
        },
        footers: footersOf(options.centeredPageNumbers ?? false),
        children: contentOf(document.signature ? heldTogether(document) : document, setter),
      },
    ],
  })
  const packed = await Packer.pack(file, 'uint8array')
  return finish(packed, { fontTable: fontTableXml(fonts), day: options.day })
}

/** Turns runs into the library's, with rare characters in a fuller face and figures between bookmarks. */
class Setter {
  readonly fonts: Fonts

  constructor(fonts: Fonts) {
    this.fonts = fonts
  }

  readonly set = (runs: Run[], style: string): ParagraphChild[] => {
    const font = this.fontOf(style)
    return runs.flatMap((run) => {
      const children = this.pieces(run, font)
      return run.figure ? [new Bookmark({ id: bookmarkName(run.figure), children })] : children
    })
  }

  private pieces(run: Run, font: string): ParagraphChild[] {
    return splitByFont(printable(run.text), font).map(
      (part) =>
        new TextRun({
          text: part.text,
          ...(run.bold && { bold: true }),
          ...(part.font && { font: face(part.font) }),
        }),
    )
  }

  private fontOf(style: string): string {
    if (style === STYLE.title || style === STYLE.organ) return this.fonts.title
    if (style === headingStyle(1) || style === STYLE.tableHead || style === STYLE.caption)
      return this.fonts.hei
    return style === headingStyle(2) || style === STYLE.subtitle ? this.fonts.kai : this.fonts.body
  }

  paragraph(style: string, runs: Run[] | string, more: IParagraphOptions = {}): Paragraph {
    const given = typeof runs === 'string' ? [{ text: runs }] : runs
    return new Paragraph({ ...more, style, children: this.set(given, style) })
  }
}

/** Without line breaks and what XML does not allow, both of which come with text pasted from elsewhere. */
const printable = (text: string): string => text.toWellFormed().replace(/[\p{Cc}\ufffe\uffff]/gu, '')

/** Bookmark names hold letters, digits and underscores, 40 at most. */
export const bookmarkName = (figure: string): string => `fig_${figure.replace(/\W/g, '_')}`.slice(0, 40)

function contentOf(document: OfficialDocument, setter: Setter): (Paragraph | Table)[] {
  const empty = (keepNext = false) => setter.paragraph(STYLE.plain, '', keepNext ? { keepNext } : {})
  const { head, subtitle, addressee, attachments = [], signature } = document
  return [
    ...(head ? headOf(head, setter) : []),
    ...shapeTitle(document.title).map((line) => setter.paragraph(STYLE.title, line)),
    ...(subtitle ? [setter.paragraph(STYLE.subtitle, subtitle)] : []),
    empty(),
    ...(addressee ? [setter.paragraph(STYLE.plain, `${addressee.replace(/[:：]\s*$/, '')}：`)] : []),
    ...blocksOf(document.opening, setter),
    ...document.sections.flatMap((section, i) => sectionOf(section, { level: 1, number: i + 1 }, setter)),
    ...(attachments.length ? [empty(true), ...attachmentNote(attachments, setter)] : []),
    ...(signature ? [empty(true), ...signatureOf(signature, setter)] : []),
  ]
}

function headOf(head: DocumentHead, setter: Setter): Paragraph[] {
  const widest = Math.floor(TEXT_WIDTH / 10 / Math.max(1, widthOf(head.organ)))
  const organ = new TextRun({
    text: printable(head.organ),
    color: 'FF0000',
    size: Math.min(2 * SIZE.no2, widest),
  })
  const marks = [head.secrecy, head.urgency].filter((mark) => mark !== undefined)
  const rule = {
    style: BorderStyle.SINGLE,
    size: 12,
    color: 'FF0000',
    space: Math.round((4 * TWIPS_PER_MM) / 20),
  }
  return [
    ...marks.map((mark) => setter.paragraph(STYLE.plain, mark)),
    new Paragraph({
      style: STYLE.organ,
      spacing: { ...exactly(1200), before: Math.round(35 * TWIPS_PER_MM) - marks.length * LINE_PITCH },
      children: [organ],
    }),
    setter.paragraph(STYLE.plain, ''),
    setter.paragraph(STYLE.plain, head.number ?? '', {
      alignment: AlignmentType.CENTER,
      border: { bottom: rule },
    }),
    setter.paragraph(STYLE.plain, ''),
    setter.paragraph(STYLE.plain, ''),
  ]
}

function sectionOf(
  section: Section,
  at: { level: number; number: number },
  setter: Setter,
): (Paragraph | Table)[] {
  const level = levelOf(at.level, section.heading)
  const heading = markOf(level, at.number) + withoutMark(section.heading)
  const [first, ...rest] = section.blocks
  const runsIn = section.runIn && level > 1 && first?.kind === 'paragraph'
  const opened = runsIn
    ? [runIn(heading, first, { level, setter }), ...blocksOf(rest, setter)]
    : [setter.paragraph(headingStyle(level), heading), ...blocksOf(section.blocks, setter)]
  const below = (section.sections ?? []).map((child, i) =>
    sectionOf(child, { level: level + 1, number: i + 1 }, setter),
  )
  return [...opened, ...below.flat()]
}

function levelOf(depth: number, heading: string): Level {
  if (depth === 1 || depth === 2 || depth === 3 || depth === 4) return depth
  throw invalid('outline', `标题“${heading}”在第${depth}层，公文最多四层（一、（一）1.（1）），请提升一层。`)
}

function runIn(heading: string, first: TextParagraph, at: { level: Level; setter: Setter }): Paragraph {
  const { fonts, set } = at.setter
  const lead = new TextRun({
    text: `${printable(heading)}。`,
    font: face(at.level === 2 ? fonts.kai : fonts.body),
  })
  return new Paragraph({
    ...kept(first),
    style: STYLE.body,
    children: [lead, ...set(first.runs, STYLE.body)],
  })
}

const kept = ({ keepNext }: TextParagraph): IParagraphOptions => (keepNext ? { keepNext } : {})

function blocksOf(blocks: Block[], setter: Setter): (Paragraph | Table)[] {
  return blocks.flatMap((block, i) => {
    if (block.kind === 'paragraph') return [setter.paragraph(STYLE.body, block.runs, kept(block))]
    // Without a paragraph between them two tables would become one.
    const apart = blocks[i - 1]?.kind === 'table' ? [setter.paragraph(STYLE.plain, '')] : []
    const above = block.caption ? [setter.paragraph(STYLE.caption, block.caption)] : apart
    return [...above, tableOf(block, setter.set)]
  })
}

/** 附件：1. … two characters in; further lines stand under the first character of the name. */
function attachmentNote(names: string[], setter: Setter): Paragraph[] {
  const clean = names.map((name) => name.replace(/[。；;]\s*$/, ''))
  return clean.map((name, i) => {
    const mark = clean.length > 1 ? `${i + 1}. ` : ''
    const lead = i === 0 ? `附件：${mark}` : mark
    const hanging = Math.round(widthOf(lead) * CHAR_WIDTH)
    const left = (i === 0 ? 2 : 5) * CHAR_WIDTH + hanging
    return setter.paragraph(STYLE.plain, lead + name, { keepNext: true, indent: { left, hanging } })
  })
}

/**
 * How many characters from the left organisation and date begin. Without a seal the organisation ends two characters
 * from the right and the date begins two behind its beginning; a longer date ends two characters from the right and
 * the organisation begins two before it. With a seal the date ends four characters from the right and the organisation
 * stands over its middle. Counted from the left, because programs disagree on the width of a date.
 */
export function signatureIndents({ organ, day, sealed }: Signature): { organ: number; date: number } {
  const [name, length] = [widthOf(organ), widthOf(dateInWords(day))]
  if (sealed) {
    const date = CHARS_PER_LINE - 4 - length
    return { organ: Math.max(0, Math.min(date + (length - name) / 2, CHARS_PER_LINE - name)), date }
  }
  const begin = Math.max(0, CHARS_PER_LINE - 2 - Math.max(name, length + (name < length ? 2 : 0)))
  return { organ: begin, date: begin + 2 }
}

function signatureOf(signature: Signature, setter: Setter): Paragraph[] {
  const indents = signatureIndents(signature)
  const line = (text: string, characters: number, keepNext: boolean) =>
    setter.paragraph(STYLE.signature, text, {
      keepNext,
      indent: { left: Math.round(characters * CHAR_WIDTH) },
    })
  return [line(signature.organ, indents.organ, true), line(dateInWords(signature.day), indents.date, false)]
}

/** — 1 — on the outer side, one character free. */
function footersOf(centered: boolean): { default: Footer; even: Footer } {
  const inset = SIZE.no4 * 10
  const footer = (side: 'left' | 'right') => {
    const place = centered
      ? { alignment: AlignmentType.CENTER }
      : { alignment: AlignmentType[side === 'left' ? 'LEFT' : 'RIGHT'], indent: { [side]: inset } }
    const number = new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'] })
    return new Footer({
      children: [new Paragraph({ style: STYLE.pageNumber, ...place, children: [number] })],
    })
  }
  return { default: footer('right'), even: footer('left') }
}
