/** What people come for, done as they do it: by role and label, on the real server with the demo. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest'
import { launchBrowser } from '../setup/chromium.ts'
import { type Device, type Role, visit } from '../setup/visit.ts'

/** An errand takes seconds; a busy machine is given time. */
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

const open = (page: Page, line: string) =>
  page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: line }).click()

test('the township secretary opens the rows of a figure from the organisations', ERRAND, async () => {
  const page = await as('镇团委书记')
  await open(page, '组织')
  const figure = page.getByRole('row', { name: /霁塘村团支部/ }).getByRole('button', { name: /^团员：/ })
  const people = Number(await figure.textContent())
  await figure.click()
  const drawer = page.getByRole('dialog', { name: '佐证' })
  await drawer.getByRole('heading', { name: `明细 ${people} 条` }).waitFor()
  expect(people).toBeGreaterThan(0)
  expect(new URL(page.url()).search).toContain('members.count')

  await page.reload()
  const again = page.getByRole('dialog', { name: '佐证' })
  await again.getByRole('heading', { name: `明细 ${people} 条` }).waitFor()
  await again.getByRole('row').nth(1).getByRole('link').first().click()
  await page.waitForURL(/\/people\//)
})

test(
  'the branch secretary records an activity on the phone with a pasted sign-up chain',
  ERRAND,
  async () => {
    const page = await as('村团支部书记', 'phone')
    await open(page, '记一笔')
    await page.getByRole('button', { name: /^主题活动/ }).click()
    await page.getByLabel('活动名称').fill('夏季防溺水宣讲')
    await page.getByLabel('地点').fill('村文化礼堂')
    await page
      .getByLabel('名单', { exact: true })
      .fill('#接龙\n防溺水宣讲报名\n1. 谢启娜\n2. 甄不识\n3. 路不识（请假）')
    await page.getByRole('button', { name: '加入名单' }).click()
    await page.getByRole('button', { name: '移除 甄不识' }).waitFor()
    expect(await page.getByRole('button', { name: /^移除 / }).count()).toBe(2)
    await page.getByText('没有到场，不计入：路不识').waitFor()
    const width = await page.evaluate<number>('document.documentElement.scrollWidth')
    expect(width).toBeLessThanOrEqual(360)
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByText('已上传入账').waitFor()
    await page.getByText(/6月18日，霁塘村团支部在村文化礼堂开展夏季防溺水宣讲，2人次参加/).waitFor()
    await page.getByRole('button', { name: '看这本台账' }).click()
    await page.getByText('夏季防溺水宣讲').first().waitFor()
  },
)

test('who records nothing may read, and is refused in words when trying to write', ERRAND, async () => {
  const reader = await as('市级审阅人')
  await reader.goto('/ledgers/themeActivity')
  await reader.getByRole('heading', { name: '主题活动', level: 1 }).waitFor()
  await reader.getByRole('table').getByRole('row').nth(1).waitFor()
  expect(await reader.getByRole('button', { name: '记一笔' }).count()).toBe(0)
  const body = { day: '2024-06-18', title: '不该记上的活动' }
  const refused = await reader.request.post('/api/ledgers/themeActivity/records', { data: body })
  expect([refused.status(), await refused.json()]).toMatchObject([403, { title: /\p{Script=Han}/u }])

  const secretary = await as('镇团委书记')
  await secretary.goto('/ledgers/themeActivity')
  await secretary.getByRole('button', { name: '记一笔' }).first().waitFor()
})

const sheet = [
  '霁塘片区主题活动登记表（2024年6月）,,',
  '活动时间,活动名称,参加人次',
  '2024-06-12,爱国卫生日大扫除,18',
  '2024-06-13,法治讲座,二十多',
].join('\n')

test('a spreadsheet is looked at, its good rows taken over, and the batch undone', ERRAND, async () => {
  const page = await as('镇团委书记')
  await open(page, '导入')
  await page
    .getByLabel('把表格拖到这里')
    .setInputFiles({ name: '活动.csv', mimeType: 'text/csv', buffer: Buffer.from(sheet) })
  await page
    .getByText(/二十多/)
    .first()
    .waitFor()
  await page.getByRole('button', { name: '先入账没有问题的 1 行' }).click()
  await page.getByText('已入账：新登记 1 行').waitFor()
  await page.getByRole('button', { name: '下载未入账的 1 行' }).waitFor()
  const recorded = () =>
    page.request
      .get('/api/ledgers/themeActivity/records?text=爱国卫生日大扫除')
      .then(async (answer) => ((await answer.json()) as { total: number }).total)
  expect(await recorded()).toBe(1)
  await page.getByRole('button', { name: '撤销这批' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '撤销这批' }).click()
  await page.getByText(/已由林岚舟撤销/).waitFor()
  expect(await recorded()).toBe(0)
})

test('a summary: a figure opens its rows, Word is written, handing in seals it', ERRAND, async () => {
  const page = await as('镇团委书记')
  await open(page, '总结')
  await page
    .getByRole('row', { name: /栗岚镇团委.*草稿/ })
    .getByRole('link')
    .first()
    .click()
  await page
    .getByRole('button', { name: /^\d+个$/ })
    .first()
    .click()
  await page.getByRole('heading', { name: /^明细 \d+ 条$/ }).waitFor()
  const [word] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出 Word' }).click(),
  ])
  expect(word.suggestedFilename()).toMatch(/\.docx$/)
  await page.getByRole('button', { name: '上报', exact: true }).click()
  const asked = page.getByRole('dialog', { name: '上报这份总结' })
  const agree = asked.getByRole('checkbox')
  if (await agree.count()) await agree.check()
  await asked.getByRole('button', { name: /上\s?报/ }).click()
  await page.getByText(/^2024-06-18 \d\d:\d\d 上报$/).waitFor()
  expect(await page.getByRole('toolbar', { name: '编辑' }).count()).toBe(0)
})
