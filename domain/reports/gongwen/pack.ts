/** Finishes the file that the docx library packs: what it cannot say, and nothing that differs between two runs. */
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { LINE_PITCH } from './page.ts'
import { PARAGRAPH_DEFAULTS_XML } from './styles.ts'

/** The earliest moment that a zip entry can carry, the same in every time zone. */
const ZIP_EPOCH = new Date(1980, 0, 1)

export interface Finish {
  fontTable: string
  /** YYYY-MM-DD; stands as created and changed, so that equal content gives equal bytes. */
  day: string
}

/** @param packed a .docx as the library wrote it */
export function finish(packed: Uint8Array, { fontTable, day }: Finish): Uint8Array {
  const parts = unzipSync(packed)
  const finished: Record<string, Uint8Array> = {}
  for (const name of Object.keys(parts).sort(contentTypesFirst)) {
    const part = parts[name] ?? new Uint8Array()
    finished[name] = /\.(xml|rels)$/.test(name) ? strToU8(rewrite(name, strFromU8(part))) : part
  }
  return zipSync(finished, { mtime: ZIP_EPOCH, level: 6 })

  function rewrite(name: string, xml: string): string {
    if (name === 'word/fontTable.xml') return fontTable
    if (name === 'docProps/core.xml')
      return xml.replace(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/g, `$1${day}T00:00:00Z`)
    if (name === 'word/styles.xml') return withDefaults(offGrid(xml))
    if (name === 'word/document.xml') return offGrid(withBookmarksFromOne(xml))
    if (name.startsWith('word/footer')) return withFieldResult(xml)
    return xml
  }
}

const withDefaults = (xml: string): string =>
  xml.replace(/<w:pPrDefault\/>|<w:pPrDefault>.*?<\/w:pPrDefault>/, PARAGRAPH_DEFAULTS_XML)

/** Lines of another height than the text's (title, tables) must not be stretched to the grid. */
const offGrid = (xml: string): string =>
  xml.replace(LINE_HEIGHT, (tag, line: string) =>
    Number(line) === LINE_PITCH ? tag : `<w:snapToGrid w:val="0"/>${tag}`,
  )

const LINE_HEIGHT = /<w:spacing [^>]*w:line="(\d+)"[^>]*\/>/g

/** The library counts bookmarks through all the files that it ever wrote. */
function withBookmarksFromOne(xml: string): string {
  const numbers = new Map<string, number>()
  return xml.replace(/<w:bookmark(?:Start|End)\b[^>]*>/g, (tag) =>
    tag.replace(/w:id="(\d+)"/, (_, id: string) => {
      const number = numbers.get(id) ?? numbers.size + 1
      numbers.set(id, number)
      return `w:id="${number}"`
    }),
  )
}

/** WPS hides a page field that has no result text between its marks. */
const withFieldResult = (xml: string): string =>
  xml.replace(/<w:fldChar w:fldCharType="separate"\/><\/w:r>/g, '$&<w:r><w:t>1</w:t></w:r>')

const contentTypesFirst = (a: string, b: string): number => {
  const rank = (name: string) => (name === '[Content_Types].xml' ? 0 : name === '_rels/.rels' ? 1 : 2)
  return rank(a) - rank(b) || (a < b ? -1 : 1)
}
