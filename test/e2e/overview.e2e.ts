/** 概览 and 覆盖: from a number to its rows, and from a tile to who has not. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchBrowser } from '../setup/chromium.ts'
import { visit } from '../setup/visit.ts'

const ERRAND = { timeout: 60_000 }
let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

test('a month of a line of work opens its rows, from the overview', ERRAND, async () => {
  const page = await visit(browser, inject('serverUrl'), '镇团委书记', 'office')
  await page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '概览' }).click()
  await page
    .getByText(/^同级中位数/)
    .first()
    .waitFor()
  const line = page.locator('.mz-sheet', { has: page.getByRole('heading', { name: '思想引领' }) })
  await line.getByRole('link', { name: '趋势、分布和各下级' }).click()
  const figures = page.getByRole('navigation', { name: '这条工作的数据' })
  await figures.getByRole('button', { name: /^主题活动场数/ }).click()
  const months = page.getByRole('list', { name: '最近 12 个月' }).getByRole('button')
  await months.first().waitFor()
  expect(await months.count()).toBe(12)
  const may = page.getByRole('button', { name: /^5月：\d+$/ })
  const many = (await may.getAttribute('aria-label'))?.split('：')[1]
  await may.click()
  const drawer = page.getByRole('dialog', { name: '佐证' })
  await drawer.getByRole('heading', { name: `明细 ${many} 条` }).waitFor()
})

test('a tile of the coverage opens its figure; those not reached are named', ERRAND, async () => {
  const page = await visit(browser, inject('serverUrl'), '镇团委书记', 'office')
  await page.goto('/overview/coverage?measure=themeActivity.count')
  const missing = page.getByRole('button', { name: /^还没有的 \d+ 个$/ })
  const many = Number((await missing.textContent())?.match(/\d+/)?.[0])
  await missing.click()
  const tiles = page.locator('.mz-cover')
  await expect.poll(() => tiles.count()).toBe(many)
  await page.getByText('表格', { exact: true }).click()
  await expect.poll(() => page.locator('tbody tr[data-key]').count()).toBe(many)
  await page.getByText('方格', { exact: true }).click()
  await page.getByRole('button', { name: '看全部' }).click()
  await page
    .getByRole('button', { name: /霁塘村/ })
    .first()
    .click()
  await page
    .getByRole('dialog', { name: '佐证' })
    .getByRole('heading', { name: /^明细 \d+ 条$/ })
    .waitFor()
})
