/** The same person twice: found from the desk, compared and merged by the keyboard, and taken apart again. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchBrowser } from '../setup/chromium.ts'
import { visit } from '../setup/visit.ts'

let browser: Browser

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

test('the township secretary merges two rows of one person, and takes it back', {
  timeout: 60_000,
}, async () => {
  const page = await visit(browser, inject('serverUrl'), '镇团委书记', 'office')
  page.setDefaultTimeout(20_000)
  await page.getByRole('button', { name: '去查重' }).click()
  const list = page.getByRole('navigation', { name: '疑似重复的人员' })
  await list.getByText(/^\d+ 组/).waitFor()
  const pairs = await list.getByRole('listitem').count()
  expect(pairs).toBeGreaterThan(1)
  const merge = page.getByRole('button', { name: '合并，留下左边这一份' })
  await merge.waitFor()
  await page.keyboard.press('ArrowRight')
  await page.getByRole('button', { name: '合并，留下右边这一份' }).waitFor()
  await page.keyboard.press('ArrowLeft')
  await merge.waitFor()
  await page.keyboard.press('Enter')
  const told = page.getByText('已合并成一个人。')
  await told.waitFor()
  await list.getByText(`${pairs - 1} 组`).waitFor()
  await told.getByRole('button', { name: '撤销' }).click()
  await list.getByText(`${pairs} 组`).waitFor()
})
