/** Typefaces by set. Names only: no font is shipped, and a machine without one shows its own nearest. */
import type { IFontAttributesProperties } from 'docx'

export type FontSet = 'classic' | 'windows' | 'open'

export interface Fonts {
  title: string
  /** 仿宋, for the text. */
  body: string
  /** 黑体, for level 1. */
  hei: string
  /** 楷体, for level 2. */
  kai: string
  /** 宋体, for page numbers. */
  song: string
  /** 小标宋 is bold by nature; its substitutes are not. */
  titleBold: boolean
}

/** Nearly all offices set Latin letters and digits so; the standard is silent. */
const LATIN = 'Times New Roman'

export const fontsOf: Record<FontSet, Fonts> = {
  classic: {
    title: '方正小标宋简体',
    body: '仿宋_GB2312',
    hei: '黑体',
    kai: '楷体_GB2312',
    song: '宋体',
    titleBold: false,
  },
  windows: { title: '宋体', body: '仿宋', hei: '黑体', kai: '楷体', song: '宋体', titleBold: true },
  open: {
    title: '思源宋体',
    body: '朱雀仿宋',
    hei: '思源黑体',
    kai: '霞鹜文楷 GB',
    song: '思源宋体',
    titleBold: true,
  },
}

/** What a program may use when the named font is not there, for the file's font table. */
const ALTERNATIVES: Record<string, { name: string; family: 'roman' | 'swiss' | 'script' | 'modern' }> = {
  方正小标宋简体: { name: '方正小标宋_GBK', family: 'script' },
  仿宋_GB2312: { name: '仿宋', family: 'modern' },
  楷体_GB2312: { name: '楷体', family: 'modern' },
  仿宋: { name: 'FangSong', family: 'modern' },
  楷体: { name: 'KaiTi', family: 'modern' },
  黑体: { name: 'SimHei', family: 'modern' },
  宋体: { name: 'SimSun', family: 'roman' },
  思源宋体: { name: 'Noto Serif CJK SC', family: 'roman' },
  思源黑体: { name: 'Noto Sans CJK SC', family: 'swiss' },
  朱雀仿宋: { name: 'Zhuque Fangsong (technical preview)', family: 'modern' },
  '霞鹜文楷 GB': { name: 'LXGW WenKai GB', family: 'script' },
}

/** All four channels. The hint keeps “ ” ‘ ’ … — as wide as a Chinese character. */
export const face = (eastAsia: string): IFontAttributesProperties => ({
  ascii: LATIN,
  hAnsi: LATIN,
  cs: LATIN,
  eastAsia,
  hint: 'eastAsia',
})

/** word/fontTable.xml with substitutes, so that a missing font is replaced by its like. */
export function fontTableXml(fonts: Fonts): string {
  const names = [...new Set([fonts.title, fonts.body, fonts.hei, fonts.kai, fonts.song])]
  const entries = names.map((name) => {
    const { name: alternative, family } = ALTERNATIVES[name] ?? { name, family: 'modern' }
    return `<w:font w:name="${name}"><w:altName w:val="${alternative}"/><w:charset w:val="86"/><w:family w:val="${family}"/><w:pitch w:val="variable"/></w:font>`
  })
  const latin = `<w:font w:name="${LATIN}"><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>`
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${entries.join('')}${latin}</w:fonts>`
}

let gb2312: Set<string> | undefined

/** The 6,763 characters that 仿宋_GB2312 and 楷体_GB2312 have. */
function commonCharacters(): Set<string> {
  if (gb2312) return gb2312
  const bytes: number[] = []
  for (let row = 0xb0; row <= 0xf7; row++)
    for (let column = 0xa1; column <= (row === 0xd7 ? 0xf9 : 0xfe); column++) bytes.push(row, column)
  gb2312 = new Set(new TextDecoder('gbk').decode(Uint8Array.from(bytes)))
  return gb2312
}

/** Divides text where its font lacks a character (rare ones in names), which is then set in the fuller face. */
export function splitByFont(text: string, font: string): { text: string; font?: string }[] {
  const fuller = font.endsWith('_GB2312') ? font.slice(0, -'_GB2312'.length) : undefined
  if (!fuller) return [{ text }]
  const parts: { text: string; font?: string }[] = []
  for (const char of text) {
    const rare = /\p{Script=Han}/u.test(char) && !'〇々'.includes(char) && !commonCharacters().has(char)
    const last = parts.at(-1)
    if (last && (last.font !== undefined) === rare) last.text += char
    else parts.push(rare ? { text: char, font: fuller } : { text: char })
  }
  return parts.length ? parts : [{ text }]
}
