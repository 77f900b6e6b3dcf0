/** The pictures of the documents, from the running demo. A picture is one line of the list. */
import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser } from '../test/setup/chromium.ts'
import { startServer, temporaryFolder } from '../test/setup/server.ts'
import { type Device, type Role, visit } from '../test/setup/visit.ts'

interface Picture {
  name: string
  role: Role
  device?: Device
  path: string
  /** What is done on the page before the picture is taken. */
  act?: (page: Page) => Promise<unknown>
}

const FOLDER = join(import.meta.dirname, '../docs/pictures')
/** Of the demo's township. */
const FIGURE = {
  org: '990101001',
  measure: 'themeActivity.personTimes',
  from: '2024-01-01',
  to: '2024-06-30',
}

const pictures: Picture[] = [
  { name: 'desk', role: '镇团委书记', path: '/desk' },
  { name: 'organisations', role: '镇团委书记', path: '/organisations' },
  { name: 'ledger', role: '镇团委书记', path: '/ledgers/themeActivity' },
  { name: 'figure', role: '镇团委书记', path: `/figures?${new URLSearchParams(FIGURE)}` },
  { name: 'summary', role: '镇团委书记', path: '/summaries', act: openSummary },
  { name: 'import', role: '镇团委书记', path: '/import', act: dropRoster },
  { name: 'overview', role: '镇团委书记', path: '/overview' },
  { name: 'form', role: '镇团委书记', path: '/forms', act: openForm },
  { name: 'phone-desk', role: '村团支部书记', device: 'phone', path: '/m/' },
  {
    name: 'phone-record',
    role: '村团支部书记',
    device: 'phone',
    path: '/m/record/themeActivity',
    act: record,
  },
]

async function openSummary(page: Page): Promise<void> {
  await page
    .getByRole('row', { name: /栗岚镇团委/ })
    .getByRole('link')
    .first()
    .click()
  await page
    .getByRole('button', { name: /^\d+个$/ })
    .first()
    .click()
  await page.getByRole('heading', { name: /^明细/ }).waitFor()
}

async function openForm(page: Page): Promise<void> {
  await page.getByRole('table').getByRole('link').first().click()
  await page.locator('.mz-figure-number').nth(10).waitFor()
}

const roster = [
  '栗岚镇团员花名册（截至2024年6月15日）,,,,',
  '序号,姓名,性别,出生年月,所在团支部',
  '1,施禾苗,女,2008.03,霁塘村团支部',
  '2,易晓岚,男,2007.11,槿湾村团支部',
  '3,乔知夏,女,2023.1,砚坞村团支部',
].join('\n')

async function dropRoster(page: Page): Promise<void> {
  const buffer = Buffer.from(`\uFEFF${roster}`)
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: '团员花名册.csv', mimeType: 'text/csv', buffer })
  await page.getByRole('button', { name: /入账/ }).waitFor()
}

async function record(page: Page): Promise<void> {
  await page.getByLabel('活动名称').fill('夏季防溺水宣讲')
  await page.getByLabel('参加人次').first().fill('32')
}

async function take(browser: Browser, url: string, picture: Picture): Promise<void> {
  const page = await visit(browser, url, picture.role, picture.device ?? 'office')
  try {
    await page.goto(picture.path)
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    await page.waitForLoadState('networkidle')
    await picture.act?.(page)
    await page.waitForLoadState('networkidle')
    const path = join(FOLDER, `${picture.name}.png`)
    await page.screenshot({ path, animations: 'disabled', caret: 'hide' })
    console.log(`${picture.name}.png  ${Math.round(statSync(path).size / 1024)} KB`)
  } finally {
    await page.context().close()
  }
}

/** All of them, or those named; one that fails does not keep the others from being taken. */
async function takeAll(url: string, names: string[]): Promise<number> {
  const browser = await launchBrowser()
  let failed = 0
  for (const picture of pictures.filter((p) => names.length === 0 || names.includes(p.name))) {
    await take(browser, url, picture).catch((error: Error) => {
      failed++
      console.error(`${picture.name}: ${error.message}`)
    })
  }
  await browser.close()
  return failed
}

mkdirSync(FOLDER, { recursive: true })
const { dataDir, remove } = temporaryFolder()
const server = await startServer(dataDir)
try {
  process.exitCode = (await takeAll(server.url, process.argv.slice(2))) > 0 ? 1 : 0
} finally {
  await server.stop()
  remove()
}
