/** Every page, read by axe: what it finds serious would shut somebody out. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchBrowser } from '../setup/chromium.ts'
import { visit } from '../setup/visit.ts'

const WHOLE_ROUND = { timeout: 120_000 }
const office = [
  '/desk',
  '/organisations',
  '/members',
  '/officers',
  '/ledgers',
  '/ledgers/themeActivity',
  '/ledgers/own',
  '/ledgers/own/new',
  '/overview',
  '/overview/coverage',
  '/overview/lines/%E6%80%9D%E6%83%B3%E5%BC%95%E9%A2%86',
  '/figures',
  '/summaries',
  '/import',
  '/settings',
]
const phone = ['/m', '/m/record', '/m/record/themeActivity', '/m/ledgers', '/m/me']

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

/** What axe calls serious or critical, as 'page: rule'. */
async function faultsOf(page: Page, paths: string[]): Promise<string[]> {
  const found: string[] = []
  for (const path of paths) {
    await page.goto(path)
    await page.getByRole('heading').first().waitFor()
    const { violations } = await new AxeBuilder({ page })
      // antd measures its columns in a hidden row that copies the box for choosing all; nobody can reach it.
      .exclude('.ant-table-measure-row')
      .withTags(['wcag2a', 'wcag2aa'])
      .analyze()
    const grave = violations.filter((v) => v.impact === 'serious' || v.impact === 'critical')
    found.push(...grave.map((v) => `${path}: ${v.id} ${v.nodes[0]?.target.join(' ')}`))
  }
  return found
}

test('the office’s pages', WHOLE_ROUND, async () => {
  const page = await visit(browser, inject('serverUrl'), '镇团委书记', 'office')
  expect(await faultsOf(page, office)).toEqual([])
})

test('the phone’s pages, which also fit its width', WHOLE_ROUND, async () => {
  const page = await visit(browser, inject('serverUrl'), '村团支部书记', 'phone')
  expect(await faultsOf(page, phone)).toEqual([])
  for (const path of phone) {
    await page.goto(path)
    await page.getByRole('heading').first().waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360)
  }
})
