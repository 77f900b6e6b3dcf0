/** A figure asked in words on the phone; a block from a spreadsheet into the entry grid. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest'
import { launchBrowser } from '../setup/chromium.ts'
import { type Device, type Role, visit } from '../setup/visit.ts'

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

async function as(role: Role, device: Device = 'office'): Promise<Page> {
  const page = await visit(browser, inject('serverUrl'), role, device)
  page.on('pageerror', (error) => wrong.push(error.message))
  page.setDefaultTimeout(20_000)
  return page
}

/** What Ctrl V brings, without a clipboard that a headless browser would have to be allowed. */
const paste = (page: Page, text: string): Promise<void> =>
  page.evaluate(`{
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', ${JSON.stringify(text)})
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }`)

test('a figure is asked in words on the phone, and opens its rows', ERRAND, async () => {
  const page = await as('镇团委书记', 'phone')
  await page.getByLabel('问一个数').fill('全镇多少团员，几个女的，几个火星人')
  const answers = page.getByRole('search').getByRole('button')
  await answers.nth(1).waitFor()
  const [all = '', women = ''] = await answers.allTextContents()
  expect(Number.parseInt(all, 10)).toBeGreaterThan(Number.parseInt(women, 10))
  expect(women).toContain('性别：女')
  await page.getByText('没看懂“火星”').waitFor()
  await answers.nth(1).click()
  await page.getByRole('heading', { name: `明细 ${Number.parseInt(women, 10)} 条` }).waitFor()
})

test(
  'a block with its header is pasted into the entry grid, mended, saved and taken back',
  ERRAND,
  async () => {
    const page = await as('镇团委书记')
    await page.goto(new URL('/ledgers/themeActivity/grid', page.url()).href)
    await page.getByRole('grid').waitFor()
    await page.getByRole('gridcell').first().locator('input').waitFor()
    await paste(
      page,
      `活动时间\t活动主题\t参加人数\t成果
2024-06-03\t表格里的一场\t12人次\t清理垃圾3吨
2024-06-31\t没有这一天\t9\t`,
    )
    await page.getByRole('button', { name: '第 2 行 活动日期' }).click()
    await page.keyboard.type('2024-06-05')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: '保存全部 2 行' }).click()
    await page.getByText('已入账 2 条').waitFor()
    await page.getByRole('button', { name: '撤销' }).click()
    await page.getByText('已整批撤销').waitFor()
  },
)
