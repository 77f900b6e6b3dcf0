/** A long list worked as in an office: narrowed, kept as a view, several rows changed and taken back. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchBrowser } from '../setup/chromium.ts'
import { visit } from '../setup/visit.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

test('a filter is kept as a view, and what it finds is changed together and taken back', {
  timeout: 60_000,
}, async () => {
  const page = await visit(browser, inject('serverUrl'), '镇团委书记', 'office')
  page.setDefaultTimeout(20_000)
  await page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '台账' }).click()
  await page.getByLabel('找台账').fill('zthd')
  await page.getByLabel('找台账').press('Enter')
  await page.waitForURL(/themeActivity/)
  await page.getByRole('button', { name: '更多筛选' }).click()
  await page.getByLabel('参加人次至少').fill('100')
  await page.getByLabel('参加人次至少').press('Tab')
  await page.getByText('参加人次：100 人次及以上').waitFor()
  await page.getByRole('heading', { level: 1 }).click()

  await page.getByRole('button', { name: /^视\s*图$/ }).click()
  await page.getByRole('button', { name: '把现在的样子存为视图' }).click()
  const dialog = page.getByRole('dialog', { name: '存为视图' })
  await dialog.getByLabel('名称').fill('百人以上')
  await dialog.getByRole('button', { name: /保\s*存/ }).click()
  await page.getByRole('button', { name: '百人以上' }).waitFor()
  expect(new URL(page.url()).searchParams.get('view')).toBeTruthy()

  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await page.getByRole('button', { name: /^作\s*废$/ }).click()
  await page.getByLabel('作废的原因').fill('试一试')
  await page.getByRole('button', { name: '先看会改成什么' }).click()
  await page.getByText('会改 1 条').waitFor()
  await page.getByRole('button', { name: '作废 1 条' }).click()
  await page.getByRole('button', { name: '整批撤销' }).click()
  await page.getByText('已撤销 1 条').waitFor()
  await page.context().close()
})
