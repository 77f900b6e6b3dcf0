/** An office declares 无偿献血 in the browser and works with it at once, without a restart. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchBrowser } from '../setup/chromium.ts'
import { type Device, type Role, visit } from '../setup/visit.ts'

let browser: Browser
const wrong: string[] = []

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

async function as(role: Role, device: Device = 'office'): Promise<Page> {
  const page = await visit(browser, inject('serverUrl'), role, device)
  page.on('pageerror', (error) => wrong.push(error.message))
  page.setDefaultTimeout(20_000)
  return page
}

const header = '献血日期\t单位\t献血地点\t献血者姓名\t献血人数\t献血量（毫升）'
const sheet = [
  '栗岚镇2024年无偿献血登记表,,,,,',
  '献血日期,单位,献血地点,献血者姓名,献血人数,献血量（毫升）',
  '2024-05-08,霁塘村团支部,镇卫生院,谢启娜,2,600',
  '2024-05-20,霁塘村团支部,集贸市场,谢启娜,3,1000',
].join('\n')

const figure = async (page: Page, measure: string) => {
  const query = new URLSearchParams({ org: '990101001', measure, from: '2024-01-01', to: '2024-06-30' })
  const answer = await page.request.get(`/api/figures?${query}`)
  return ((await answer.json()) as { value: number }).value
}

test('a ledger is declared, recorded, imported, counted and told in a summary', {
  timeout: 90_000,
}, async () => {
  const page = await as('镇团委书记')
  const id = await declared(page)
  await recorded(page)
  await imported(page)
  expect(await figure(page, `${id}.count`)).toBe(3)
  expect(await figure(page, `${id}.personTimes`)).toBe(9)
  expect(await figure(page, `${id}.people`)).toBe(1)
  expect(await figure(page, `${id}.f2Sum`)).toBe(2000)
  await told(page)
  await onThePhone(id)
  expect(wrong).toEqual([])
})

async function declared(page: Page): Promise<string> {
  await page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '台账' }).click()
  await page.getByRole('link', { name: '自建台账' }).click()
  await page.getByRole('button', { name: '新建台账' }).first().click()
  await page.getByLabel('粘贴表格').fill(header)
  await page.getByLabel('台账叫什么').fill('无偿献血')
  await page.getByRole('button', { name: '就这样建，接着改' }).click()
  await page.getByRole('heading', { name: /无偿献血/, level: 1 }).waitFor()
  await page.getByRole('button', { name: '去掉 献血量' }).waitFor()
  await page.getByRole('button', { name: '发布' }).click()
  await page.waitForURL(/\/ledgers\/own[a-z2-9]{8}(\?|$)/)
  return new URL(page.url()).pathname.split('/').at(-1) ?? ''
}

async function recorded(page: Page): Promise<void> {
  await page.getByRole('button', { name: '记一笔' }).first().click()
  // Not by its label alone: the list that is being left has a column of that name.
  await page.locator('input').and(page.getByLabel('献血地点')).fill('青年广场')
  await page.getByLabel('献血人数').fill('4')
  await page.getByLabel('献血量').fill('400')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('已入账').waitFor()
  await page
    .getByRole('status')
    .getByText('6月18日，栗岚镇团委在青年广场开展无偿献血，4人次参加，献血量400毫升')
    .waitFor()
}

async function imported(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '导入' }).click()
  const file = { name: '献血.csv', mimeType: 'text/csv', buffer: Buffer.from(sheet) }
  await page.getByLabel('把表格拖到这里').setInputFiles(file)
  await page.getByText('无偿献血').first().waitFor()
  await page
    .getByRole('button', { name: /^入账|^确认入账|全部入账|入账/ })
    .last()
    .click()
  await page.getByText('已入账：新登记 2 行').waitFor()
}

async function told(page: Page): Promise<void> {
  const made = await page.request.post('/api/summaries', { data: { org: '990101001', period: '2024Q2' } })
  const { id } = (await made.json()) as { id: string }
  await page.goto(`/summaries/${id}`)
  await page
    .getByText(/开展无偿献血/)
    .first()
    .waitFor()
  const text = await page.locator('main').textContent()
  expect((text ?? '').replace(/\s/g, '')).toMatch(/开展无偿献血3次，9人次参加，献血量2000毫升/)
  await page.request.post(`/api/summaries/${id}/void`, { data: {} })
}

/** A branch below the office that declared it. */
async function onThePhone(id: string): Promise<void> {
  const phone = await as('村团支部书记', 'phone')
  await phone.goto(`/m/record/${id}`)
  await phone.getByText('更多内容').click()
  await phone.getByLabel('献血量（毫升）').fill('200')
  await phone.getByRole('button', { name: '保存' }).click()
  await phone.getByText('已上传入账').waitFor()
  await phone
    .getByText(/献血量200毫升/)
    .first()
    .waitFor()
}
