/** The superior's form: pointed at once with what is suggested, and filled without a question ever after. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest'
import { cardForm, monthlyForm } from '../../demo/forms.ts'
import type { SheetFile } from '../../demo/sheets.ts'
import { openForm } from '../../domain/reports/forms/file/open.ts'
import { launchBrowser } from '../setup/chromium.ts'
import { visit } from '../setup/visit.ts'

const ERRAND = { timeout: 60_000 }
let browser: Browser
const wrong: string[] = []

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()))
  expect(wrong.splice(0)).toEqual([])
})

async function desk(): Promise<Page> {
  const page = await visit(browser, inject('serverUrl'), '镇团委书记', 'office')
  page.on('pageerror', (error) => wrong.push(error.message))
  page.setDefaultTimeout(20_000)
  return page
}

async function drop(page: Page, { name, bytes }: SheetFile): Promise<void> {
  await page.goto('/forms')
  await page.getByLabel(/把上级发来的空表拖到这里/).setInputFiles({
    name,
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(bytes),
  })
}

test(
  'a Word form is pointed at by accepting what is suggested, and filled at once the next time',
  ERRAND,
  async () => {
    const page = await desk()
    await drop(page, await cardForm())
    await page.getByRole('button', { name: /采用全部可靠的建议（10 格）/ }).click()
    await page.getByText('每一格都指定好了').waitFor()
    await page.getByRole('button', { name: '填表', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: '取数填表' }).click()
    await page.getByRole('heading', { name: /登记表\s2024年上半年/, level: 1 }).waitFor()
    const first = page.url()
    const members = page.getByRole('gridcell').nth(5)
    const count = Number(await members.textContent())
    expect(count).toBeGreaterThan(0)
    await members.click()
    await page.getByRole('heading', { name: `填表时的明细 ${count} 条` }).waitFor()

    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '下载' }).click(),
    ])
    expect(file.suggestedFilename()).toMatch(/基层团组织情况登记表.*栗岚镇团委.*\.docx$/)

    await drop(page, await cardForm())
    await page.waitForURL((url) => url.href !== first && /\/filled\//.test(url.pathname))
    expect(await page.getByRole('gridcell').nth(5).textContent()).toBe(String(count))
  },
)

test('next month’s return is known by its labels and comes out filled', ERRAND, async () => {
  const page = await desk()
  const form = await monthlyForm('2024年6月')
  const blank = (await openForm({ bytes: form.bytes, fileName: form.name })).document.tables[0]
  expect(blank?.cells.filter((c) => c.row === 3 && c.column === 3).map((c) => c.text)).toEqual([''])
  await drop(page, form)
  await page.getByRole('heading', { name: /月报表\s2024年6月/, level: 1 }).waitFor()
  await page
    .getByText(/没有数据|每格都有数/)
    .first()
    .waitFor()
  await page.getByRole('button', { name: '记为已上报' }).click()
  const dialog = page.getByRole('dialog', { name: '记为已上报' })
  expect(await dialog.getByLabel('报给谁').inputValue()).toBe('团县委组织部')
  await dialog.getByRole('button', { name: '记下' }).click()
  await page.getByText(/已报团县委组织部/).waitFor()
  expect(await page.getByRole('button', { name: '记为已上报' }).count()).toBe(0)
})
