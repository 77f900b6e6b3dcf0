/** The pages of a bundle: headings, facts, photos, contents with page numbers. Lengths are points on A4. */
import { readFileSync } from 'node:fs'
import PDFDocument from 'pdfkit'

const SIDE = 60
const TOP = 62
const BOTTOM = 66
const WIDTH = 595.28 - 2 * SIDE
const LABEL = 78
const PHOTO_HEIGHT = 176
const PHOTO_GAP = 10
const CONTENTS_LINES = 34
const CONTENTS_LINE = 19
const INK = '#1f1f1f'
const QUIET = '#767676'
const LINE = '#d0cdc8'

/** A font of our own, so that every machine prints the same; only the characters used are put into the file. */
const fontOf = (weight: 'Regular' | 'Bold') =>
  readFileSync(new URL(`../fonts/NotoSansHans-${weight}.otf`, import.meta.resolve('@embedpdf/fonts-sc')))

/** A line of the contents; `level` 1 stands for an organisation, 2 for a record. */
interface Entry {
  level: 1 | 2
  title: string
  page: number
  anchor: string
}

export interface Cover {
  title: string
  organ: string
  period: string
  made: string
  madeAt: Date
  /** How many of what: 支部大会 4次 … */
  counts: string[]
}

export interface Book {
  /** Begins a part (an organisation) on a new page. */
  part(title: string): void
  record(title: string): void
  facts(rows: [string, string][]): void
  text(title: string, words: string): void
  /** Those that cannot be printed come back. */
  photos<P extends { bytes: Uint8Array }>(photos: P[]): P[]
  note(words: string): void
  /** Kept inside the file as it was handed in; found under the reader's paper clip. */
  attach(file: { name: string; bytes: Uint8Array }): void
  /** Ends the file: contents, page numbers. Returns the number of pages. */
  end(): number
}

/** `entries`: how many lines the contents will have. */
export function openBook(cover: Cover, entries: number): { book: Book; bytes: NodeJS.ReadableStream } {
  const doc = new PDFDocument({
    size: 'A4',
    bufferPages: true,
    margins: { top: TOP, bottom: BOTTOM, left: SIDE, right: SIDE },
    info: { Title: cover.title, Author: cover.organ, CreationDate: cover.madeAt },
    lang: 'zh-CN',
  })
  doc.registerFont('regular', fontOf('Regular')).registerFont('bold', fontOf('Bold'))
  drawCover(doc, cover)
  const contentsAt = 1
  for (let line = 0; line < Math.max(entries, 1); line += CONTENTS_LINES) doc.addPage()
  return { book: bookOn(doc, contentsAt), bytes: doc }
}

type Doc = InstanceType<typeof PDFDocument>

function drawCover(doc: Doc, cover: Cover): void {
  doc.fillColor(INK).font('bold').fontSize(26)
  doc.text(cover.title, SIDE, 210, { width: WIDTH, align: 'center', lineGap: 8 })
  doc.moveDown(0.6).font('regular').fontSize(15).text(cover.period, { width: WIDTH, align: 'center' })
  doc.moveDown(3).fontSize(11.5).fillColor(QUIET)
  doc.text(cover.counts.join('　'), SIDE + 40, doc.y, { width: WIDTH - 80, align: 'center', lineGap: 6 })
  doc.fillColor(INK).fontSize(14).text(cover.organ, SIDE, 640, { width: WIDTH, align: 'center' })
  doc.moveDown(0.4).fontSize(12).text(cover.made, { width: WIDTH, align: 'center' })
}

function bookOn(doc: Doc, contentsAt: number): Book {
  const entries: Entry[] = []
  let part: PDFKit.PDFOutline = doc.outline
  const pageNow = () => doc.bufferedPageRange().count
  const enter = (level: 1 | 2, title: string) => {
    const anchor = `e${entries.length}`
    entries.push({ level, title, page: pageNow(), anchor })
    doc.addNamedDestination(anchor)
  }
  return {
    part(title) {
      doc.addPage()
      part = doc.outline.addItem(title)
      enter(1, title)
      doc.fillColor(INK).font('bold').fontSize(17).text(title, SIDE, doc.y, { width: WIDTH })
      doc.moveDown(0.6)
    },
    record(title) {
      roomFor(doc, 150)
      part.addItem(title)
      enter(2, title)
      doc.fillColor(INK).font('bold').fontSize(12.5).text(title, SIDE, doc.y, { width: WIDTH, lineGap: 2 })
      doc.moveDown(0.35)
    },
    facts: (rows) => drawFacts(doc, rows),
    text(title, words) {
      roomFor(doc, 50)
      doc
        .fillColor(QUIET)
        .font('bold')
        .fontSize(10)
        .text(title, SIDE, doc.y + 4, { width: WIDTH })
      doc.fillColor(INK).font('regular').fontSize(10.5)
      doc.text(words, SIDE, doc.y + 2, { width: WIDTH, lineGap: 4 })
      doc.moveDown(0.4)
    },
    photos: (photos) => drawPhotos(doc, photos),
    note(words) {
      doc.fillColor(QUIET).font('regular').fontSize(9)
      doc.text(words, SIDE, doc.y + 2, { width: WIDTH, lineGap: 2 })
      doc.moveDown(1.4)
    },
    attach({ name, bytes }) {
      doc.file(Buffer.from(bytes), { name, hidden: false })
    },
    end() {
      const pages = pageNow()
      drawContents(doc, entries, contentsAt)
      numberPages(doc, pages)
      doc.end()
      return pages
    },
  }
}

function roomFor(doc: Doc, height: number): void {
  if (doc.y + height > doc.page.height - BOTTOM) doc.addPage()
}

function drawFacts(doc: Doc, rows: [string, string][]): void {
  doc.fontSize(10.5).lineWidth(0.5)
  for (const [label, words] of rows) {
    const width = WIDTH - LABEL - 12
    const height = doc.font('regular').heightOfString(words, { width, lineGap: 3 }) + 9
    // One cell may be longer than a page (a long list of names): it then flows on.
    const long = height > 400
    if (!long) roomFor(doc, height)
    const top = doc.y
    doc.fillColor(QUIET).text(label, SIDE + 4, top + 6, { width: LABEL - 8 })
    doc.fillColor(INK).text(words, SIDE + LABEL + 6, top + 6, { width, lineGap: 3 })
    if (!long) doc.y = top + height
    doc
      .strokeColor(LINE)
      .moveTo(SIDE, doc.y)
      .lineTo(SIDE + WIDTH, doc.y)
      .stroke()
  }
  doc.x = SIDE
  doc.moveDown(0.5)
}

function drawPhotos<P extends { bytes: Uint8Array }>(doc: Doc, photos: P[]): P[] {
  const width = (WIDTH - PHOTO_GAP) / 2
  const unprinted: P[] = []
  let column = 0
  for (const photo of photos) {
    if (column === 0) roomFor(doc, PHOTO_HEIGHT + PHOTO_GAP)
    const top = doc.y
    try {
      doc.image(Buffer.from(photo.bytes), SIDE + column * (width + PHOTO_GAP), top, {
        fit: [width, PHOTO_HEIGHT],
        align: 'center',
        valign: 'center',
      })
      column = 1 - column
    } catch {
      unprinted.push(photo)
    }
    doc.y = column === 0 ? top + PHOTO_HEIGHT + PHOTO_GAP : top
  }
  if (column === 1) doc.y += PHOTO_HEIGHT + PHOTO_GAP
  doc.x = SIDE
  return unprinted
}

function drawContents(doc: Doc, entries: Entry[], first: number): void {
  for (const [at, entry] of entries.entries()) {
    const line = at % CONTENTS_LINES
    if (line === 0) {
      doc.switchToPage(first + at / CONTENTS_LINES)
      doc.font('bold').fontSize(16).fillColor(INK)
      doc.text(at === 0 ? '目录' : '目录（续）', SIDE, TOP, { width: WIDTH, align: 'center' })
    }
    const y = TOP + 40 + line * CONTENTS_LINE
    const indent = entry.level === 1 ? 0 : 16
    doc.font(entry.level === 1 ? 'bold' : 'regular').fontSize(10.5)
    const options = { width: WIDTH - 46 - indent, height: 14, ellipsis: '…', lineBreak: false }
    doc.text(entry.title, SIDE + indent, y, { ...options, goTo: entry.anchor })
    doc.text(String(entry.page), SIDE, y, { width: WIDTH, align: 'right', lineBreak: false })
  }
}

/** The cover bears no number. */
function numberPages(doc: Doc, pages: number): void {
  for (let page = 1; page < pages; page++) {
    doc.switchToPage(page)
    // Below the margin: the writer would otherwise begin a new page.
    doc.page.margins.bottom = 0
    doc.font('regular').fontSize(9).fillColor(QUIET)
    doc.text(`${page + 1} / ${pages}`, SIDE, doc.page.height - 40, { width: WIDTH, align: 'center' })
    doc.page.margins.bottom = BOTTOM
  }
}
