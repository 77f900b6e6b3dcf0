import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { cell, type OfficialDocument, paragraph } from './model.ts'
import { bookmarkName, signatureIndents, type WriteOptions, writeDocx } from './writer.ts'

const options: WriteOptions = { day: '2024-06-18', organ: '共青团青山镇委员会' }

const sample: OfficialDocument = {
  title: '青山镇团委2024年上半年工作总结',
  opening: [paragraph('现将上半年工作汇报如下：')],
  sections: [
    {
      heading: '一、基本情况。',
      blocks: [
        paragraph(
          '现有团员',
          { text: '430人', figure: '0192a-b' },
          '，其中流动团员',
          { text: '87人', figure: 'f2' },
          '。',
        ),
        {
          kind: 'table',
          caption: '团员分布',
          columnWidthsMm: [20, 60, 40],
          headerRows: [
            [
              { ...cell('序号'), rowSpan: 2 },
              { ...cell('团员'), columnSpan: 2 },
            ],
            [cell('总数'), cell('流动')],
          ],
          rows: [[cell('1', 'center'), cell('20', 'right'), cell('3', 'right')]],
        },
      ],
      sections: [
        {
          heading: '组织建设',
          blocks: [],
          sections: [{ heading: '班子', blocks: [], sections: [{ heading: '学习', blocks: [] }] }],
        },
        { heading: '团员教育', runIn: true, blocks: [paragraph('开展主题团日。')] },
      ],
    },
    { heading: '存在的不足', blocks: [paragraph('姓名用字堃、𠮷。')] },
  ],
  attachments: ['佐证目录', '团费明细'],
  signature: { organ: '共青团青山镇委员会', day: '2024-06-18' },
}

async function partsOf(document: OfficialDocument, more: Partial<WriteOptions> = {}) {
  const files = unzipSync(await writeDocx(document, { ...options, ...more }))
  return (name: string) => strFromU8(files[name] ?? new Uint8Array())
}

const styleOf = (styles: string, id: string) =>
  new RegExp(`<w:style [^>]*w:styleId="${id}".*?</w:style>`).exec(styles)?.[0] ?? ''
const all = (xml: string, pattern: RegExp) => [...xml.matchAll(pattern)].map((found) => found[1] ?? '')

test('the page is A4 with the standard margins, on a grid of 22 lines', async () => {
  const xml = (await partsOf(sample))('word/document.xml')
  expect(xml).toContain('<w:pgSz w:w="11906" w:h="16838"')
  expect(xml).toMatch(
    /<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588"[^>]*w:footer="1588"/,
  )
  expect(xml).toContain('<w:docGrid w:type="lines" w:linePitch="579"/>')
})

test('each level has its face in all four channels, its size and its place in the outline', async () => {
  const styles = (await partsOf(sample))('word/styles.xml')
  const faces: [string, string, number][] = [
    ['Title', '方正小标宋简体', 44],
    ['Heading1', '黑体', 32],
    ['Heading2', '楷体_GB2312', 32],
    ['Heading3', '仿宋_GB2312', 32],
    ['Heading4', '仿宋_GB2312', 32],
    ['GongwenBody', '仿宋_GB2312', 32],
  ]
  for (const [id, font, size] of faces) {
    const xml = styleOf(styles, id)
    for (const channel of [`eastAsia="${font}"`, 'ascii="Times New Roman"', 'hAnsi="Times New Roman"', 'cs='])
      expect(xml).toContain(`w:${channel}`)
    expect(xml).toContain(`<w:sz w:val="${size}"/>`)
    expect(xml).toContain('<w:b w:val="false"/>')
    expect(xml).toContain('<w:color w:val="000000"/>')
  }
  for (const level of [1, 2, 3, 4])
    expect(styleOf(styles, `Heading${level}`)).toContain(`<w:outlineLvl w:val="${level - 1}"/>`)
  expect(styleOf(styles, 'GongwenBody')).toContain('w:firstLine="640" w:firstLineChars="200"')
  expect(styles).toContain('<w:widowControl w:val="0"/>')
  expect(styleOf((await partsOf(sample, { boldLevels: [3] }))('word/styles.xml'), 'Heading3')).toContain(
    '<w:b/>',
  )
})

test('font sets change every name, and the font table knows substitutes', async () => {
  const windows = await partsOf(sample, { fontSet: 'windows' })
  expect(windows('word/styles.xml')).not.toContain('GB2312')
  expect((await partsOf(sample))('word/fontTable.xml')).toContain(
    '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋"/>',
  )
})

test('marks are typed text, whatever mark somebody typed before', async () => {
  const xml = (await partsOf(sample))('word/document.xml')
  const texts = all(xml, /<w:t[^>]*>([^<]*)<\/w:t>/g)
  for (const heading of [
    '一、基本情况',
    '（一）组织建设',
    '1.班子',
    '（1）学习',
    '（二）团员教育。',
    '二、存在的不足',
  ])
    expect(texts).toContain(heading)
  const tooDeep = [1, 2, 3, 4, 5].reduceRight<OfficialDocument['sections']>(
    (sections, n) => [{ heading: `第${n}层`, blocks: [], sections }],
    [],
  )
  await expect(writeDocx({ ...sample, sections: tooDeep }, options)).rejects.toThrow('公文最多四层')
})

test('odd and even pages number on their outer side, with a complete field', async () => {
  const part = await partsOf(sample)
  expect(part('word/settings.xml')).toContain('<w:evenAndOddHeaders/>')
  const kinds = Object.fromEntries(
    [...part('word/document.xml').matchAll(/<w:footerReference w:type="(\w+)" r:id="(\w+)"/g)].map(
      ([, kind, id]) => {
        const target = new RegExp(`Id="${id}"[^>]*Target="([^"]+)"`).exec(
          part('word/_rels/document.xml.rels'),
        )?.[1]
        return [kind, part(`word/${target}`)]
      },
    ),
  )
  expect(kinds.default).toContain('<w:ind w:right="280"/><w:jc w:val="right"/>')
  expect(kinds.even).toContain('<w:ind w:left="280"/><w:jc w:val="left"/>')
  for (const footer of [kinds.default, kinds.even])
    expect(footer).toMatch(/"begin".*PAGE.*"separate".*<w:t>1<\/w:t>.*"end"/)
  expect(styleOf(part('word/styles.xml'), 'GongwenPageNumber')).toContain('w:ascii="宋体"')
})

test('tables are in absolute widths that fill the text and agree', async () => {
  const xml = (await partsOf(sample))('word/document.xml')
  const grid = all(xml, /<w:gridCol w:w="(\d+)"/g).map(Number)
  expect(grid).toEqual([1474, 4422, 2948])
  expect(grid.reduce((a, b) => a + b)).toBe(8844)
  expect(xml).toContain('<w:tblW w:type="dxa" w:w="8844"/>')
  expect(all(xml, /<w:tcW w:type="(\w+)"/g).every((type) => type === 'dxa')).toBe(true)
  expect(all(xml, /<w:tcW w:type="dxa" w:w="(\d+)"/g).map(Number)).toEqual([
    1474, 7370, 1474, 4422, 2948, 1474, 4422, 2948,
  ])
  expect(xml.match(/<w:tblHeader\/>/g)).toHaveLength(2)
  expect(xml.match(/<w:cantSplit\/>/g)).toHaveLength(3)
})

test('neighbouring tables stay apart', async () => {
  const table = {
    kind: 'table' as const,
    columnWidthsMm: [1, 2],
    headerRows: [],
    rows: [[cell('甲'), cell('乙')]],
  }
  const xml = (await partsOf({ ...sample, opening: [table, table], sections: [] }))('word/document.xml')
  expect(xml.match(/<w:tbl>/g)).toHaveLength(2)
  expect(xml).not.toContain('</w:tbl><w:tbl>')
})

test('figures can be found again, and rare characters get a face that has them', async () => {
  const xml = (await partsOf(sample))('word/document.xml')
  expect(all(xml, /<w:bookmarkStart w:name="(\w+)"/g)).toEqual([bookmarkName('0192a-b'), 'fig_f2'])
  expect(all(xml, /<w:bookmarkStart[^>]*w:id="(\d+)"/g)).toEqual(['1', '2'])
  const rare = xml.split('<w:r>').find((run) => run.includes('堃'))
  expect(rare).toContain('w:eastAsia="仿宋"')
  expect(rare).toMatch(/>堃</)
})

test('the same document gives the same bytes, and names no person and no clock', async () => {
  const [first, second] = [await writeDocx(sample, options), await writeDocx(sample, options)]
  expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true)
  const core = (await partsOf(sample))('docProps/core.xml')
  expect(core).toContain('<dc:creator>共青团青山镇委员会</dc:creator>')
  expect(core).toContain('<cp:lastModifiedBy>共青团青山镇委员会</cp:lastModifiedBy>')
  expect(all(core, />([^<]*Z)<\/dcterms/g)).toEqual(['2024-06-18T00:00:00Z', '2024-06-18T00:00:00Z'])
})

test('whatever is pasted, the file stays readable XML', async () => {
  const dirty = 'a\u0000\u000b\ud800<w:t>&\uffff甲\n乙'
  const part = await partsOf({
    ...sample,
    title: dirty,
    sections: [{ heading: dirty, blocks: [paragraph(dirty)] }],
  })
  for (const name of ['word/document.xml', 'docProps/core.xml'])
    expect(part(name)).not.toMatch(/[^\P{Cc}\n]|\uffff/u)
  expect(part('word/document.xml').match(/a�&lt;w:t&gt;&amp;甲乙/g)).toHaveLength(3)
})

test('a red head is written only when asked for', async () => {
  const head = { organ: '共青团青山镇委员会文件', number: '青团发〔2024〕6号', urgency: '特急' }
  const xml = (await partsOf({ ...sample, head }))('word/document.xml')
  expect(xml).toContain('<w:color w:val="FF0000"/>')
  expect(all(xml, /<w:t[^>]*>([^<]*)<\/w:t>/g).slice(0, 4)).toEqual(['特急', head.organ, '', head.number])
  expect((await partsOf(sample))('word/document.xml')).not.toContain('FF0000')
})

test('organisation and date stand as the standard places them', () => {
  const at = (organ: string, more = {}) => signatureIndents({ organ, day: '2024-06-18', ...more })
  expect(at('共青团青山镇委员会')).toEqual({ organ: 17, date: 19 })
  expect(at('镇团委')).toEqual({ organ: 17.5, date: 19.5 })
  expect(at('共青团青山镇委员会', { sealed: true })).toEqual({ organ: 16.25, date: 17.5 })
})

const missing = ['soffice', 'pdftotext'].filter((program) => {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`])
    return false
  } catch {
    return true
  }
})

interface Line {
  text: string
  left: number
}

/** Converts by LibreOffice and reads the lines of each page with their left edges, in points. */
async function rendered(document: OfficialDocument): Promise<Line[][]> {
  const folder = mkdtempSync(join(tmpdir(), 'gongwen-'))
  try {
    writeFileSync(join(folder, 'a.docx'), await writeDocx(document, options))
    const profile = `-env:UserInstallation=file://${folder}/profile`
    execFileSync(
      'soffice',
      [profile, '--headless', '--convert-to', 'pdf', '--outdir', folder, join(folder, 'a.docx')],
      {
        stdio: 'ignore',
      },
    )
    execFileSync('pdftotext', ['-bbox-layout', join(folder, 'a.pdf'), join(folder, 'a.html')])
    return readFileSync(join(folder, 'a.html'), 'utf8').split('<page ').slice(1).map(linesOf)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Words of the same height are one line, whatever the reader takes for columns. */
function linesOf(page: string): Line[] {
  const rows = new Map<number, { text: string; left: number }[]>()
  for (const [, left, top, text] of page.matchAll(/<word xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>([^<]*)</g)) {
    const key = Math.round(Number(top) / 10)
    const row = rows.get(key) ?? rows.get(key - 1) ?? []
    if (!rows.has(key) && !rows.has(key - 1)) rows.set(key, row)
    row.push({ text: text ?? '', left: Number(left) })
  }
  return [...rows.entries()]
    .sort(([a], [b]) => a - b)
    .map(([, words]) => words.sort((a, b) => a.left - b.left))
    .map((words) => ({ text: words.map((each) => each.text).join(''), left: words[0]?.left ?? 0 }))
}

test('a full page has 22 lines of 28 characters, page numbers change sides', {
  timeout: 120_000,
}, async (context) => {
  if (missing.length)
    context.skip(`needs LibreOffice and poppler-utils; not installed: ${missing.join(', ')}`)
  const long = '山前村开展整治活动清理河道田边道路农家院坝广场沟渠果园学校门前公共区域'.repeat(70)
  const pages = await rendered({ ...sample, opening: [paragraph(long)], sections: [], attachments: [] })
  expect(pages.length).toBeGreaterThanOrEqual(4)
  for (const [at, lines] of [pages[1], pages[2]].entries()) {
    const body = lines?.slice(0, -1) ?? []
    expect(body.map((line) => [...line.text].length)).toEqual(Array.from({ length: 22 }, () => 28))
    expect(lines?.at(-1)?.text).toBe(`—${at + 2}—`)
  }
  const [even, odd] = [pages[1]?.at(-1)?.left ?? 0, pages[2]?.at(-1)?.left ?? 0]
  expect(even).toBeGreaterThan(88)
  expect(even).toBeLessThan(100)
  expect(odd).toBeGreaterThan(440)
})

test('the signature never stands on a page of its own', { timeout: 120_000 }, async (context) => {
  if (missing.length)
    context.skip(`needs LibreOffice and poppler-utils; not installed: ${missing.join(', ')}`)
  const line = '山前村开展整治活动清理河道田边道路农家院坝广场沟渠果园'
  const opening = Array.from({ length: 18 }, () => paragraph(line.slice(0, 20)))
  const pages = await rendered({ ...sample, opening, sections: [], attachments: [] })
  expect(pages).toHaveLength(2)
  expect(pages[1]?.map((each) => each.text)).toEqual([
    line.slice(0, 20),
    '共青团青山镇委员会',
    '2024年6月18日',
    '—2—',
  ])
})
