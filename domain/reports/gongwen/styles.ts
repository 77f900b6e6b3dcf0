/** Named styles, so that a document can be restyled in WPS or Word in one place. */
import {
  AlignmentType,
  type IBaseParagraphStyleOptions,
  type IParagraphStyleOptions,
  type IParagraphStylePropertiesOptions,
  type IStylesOptions,
  LineRuleType,
} from 'docx'
import { type Fonts, face } from './fonts.ts'
import type { Level } from './marks.ts'
import { CHAR_SPACING, LINE_PITCH, SIZE } from './page.ts'

export interface Look {
  fonts: Fonts
  /** Habits of some offices that the standard does not ask for. */
  boldLevels: readonly Level[]
}

export const STYLE = {
  title: 'Title',
  subtitle: 'GongwenSubtitle',
  body: 'GongwenBody',
  plain: 'GongwenPlain',
  organ: 'GongwenOrgan',
  signature: 'GongwenSignature',
  caption: 'GongwenCaption',
  tableHead: 'GongwenTableHead',
  tableCell: 'GongwenTableCell',
  pageNumber: 'GongwenPageNumber',
} as const

export const headingStyle = (level: Level) => `Heading${level}`

export const exactly = (line: number) => ({ line, lineRule: LineRuleType.EXACT, before: 0, after: 0 })

/**
 * Of every paragraph, where the library has no words for it: no widow control, it would break the count of 22 lines;
 * no gaps between Chinese and Latin letters or digits, they would break the count of 28 characters (LibreOffice 7
 * draws them all the same).
 */
export const PARAGRAPH_DEFAULTS_XML =
  '<w:pPrDefault><w:pPr><w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>' +
  `<w:spacing w:before="0" w:after="0" w:line="${LINE_PITCH}" w:lineRule="exact"/></w:pPr></w:pPrDefault>`

/** Two characters; WPS and Word read the characters, others the twips. */
const INDENT = { firstLine: 2 * SIZE.no3 * 10, firstLineChars: 200 }
const NO_INDENT = { firstLine: 0, firstLineChars: 0 }

/** Every style says everything: no inherited colour, gap or font of a program's own. */
function style(
  font: string,
  size: number,
  paragraph: IParagraphStylePropertiesOptions,
  bold = false,
): IBaseParagraphStyleOptions {
  const spacing = size === SIZE.no3 ? CHAR_SPACING : 0
  return {
    run: { font: face(font), size, bold, italics: false, color: '000000', characterSpacing: spacing },
    paragraph: { spacing: exactly(LINE_PITCH), indent: NO_INDENT, ...paragraph },
  }
}

/** The one place where the standard names a face for digits: half-width 宋体. */
function pageNumber(song: string): IBaseParagraphStyleOptions {
  const look = style(song, SIZE.no4, { spacing: exactly(400) })
  return { ...look, run: { ...look.run, font: { ...face(song), ascii: song, hAnsi: song } } }
}

const named = (id: string, name: string, look: IBaseParagraphStyleOptions): IParagraphStyleOptions => ({
  id,
  name,
  basedOn: 'Normal',
  quickFormat: true,
  ...look,
})

export function stylesOf({ fonts, boldLevels }: Look): IStylesOptions {
  const center = { alignment: AlignmentType.CENTER }
  const heading = (level: Level, font: string) => ({
    ...style(
      font,
      SIZE.no3,
      { alignment: AlignmentType.JUSTIFIED, indent: INDENT, outlineLevel: level - 1, keepNext: true },
      boldLevels.includes(level),
    ),
    next: STYLE.body,
  })
  const base = style(fonts.body, SIZE.no3, { alignment: AlignmentType.JUSTIFIED })
  return {
    default: {
      document: {
        run: { ...base.run, language: { value: 'en-US', eastAsia: 'zh-CN' } },
      },
      title: style(fonts.title, SIZE.no2, { ...center, spacing: exactly(660) }, fonts.titleBold),
      heading1: heading(1, fonts.hei),
      heading2: heading(2, fonts.kai),
      heading3: heading(3, fonts.body),
      heading4: heading(4, fonts.body),
    },
    paragraphStyles: [
      named(STYLE.body, '公文正文', style(fonts.body, SIZE.no3, { ...base.paragraph, indent: INDENT })),
      named(STYLE.plain, '公文顶格', base),
      named(STYLE.subtitle, '公文副标题', style(fonts.kai, SIZE.no3, center)),
      named(STYLE.organ, '发文机关标志', style(fonts.title, SIZE.no2, center, fonts.titleBold)),
      named(STYLE.signature, '公文落款', style(fonts.body, SIZE.no3, { alignment: AlignmentType.LEFT })),
      named(STYLE.caption, '表题', style(fonts.hei, SIZE.small4, { ...center, keepNext: true })),
      named(STYLE.tableHead, '表头', style(fonts.hei, SIZE.small4, { ...center, spacing: exactly(400) })),
      named(
        STYLE.tableCell,
        '表格文字',
        style(fonts.body, SIZE.small4, { alignment: AlignmentType.LEFT, spacing: exactly(400) }),
      ),
      named(STYLE.pageNumber, '公文页码', pageNumber(fonts.song)),
    ],
  }
}
