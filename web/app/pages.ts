/** The pages, one line each: its path, and where its component is. Each is loaded when first opened. */
import type { ComponentType } from 'react'

type Module = Record<string, unknown>

export interface PageEntry {
  path: string
  load: () => Promise<ComponentType>
}

const page = <M extends Module>(path: string, load: () => Promise<M>, name: keyof M & string): PageEntry => ({
  path,
  load: async () => (await load())[name] as ComponentType,
})

/** Inside the frame. */
export const pages: PageEntry[] = [
  page('/desk', () => import('../desk/page.tsx'), 'DeskPage'),
  page('/ledgers', () => import('../ledgers/page.tsx'), 'LedgersPage'),
  page('/ledgers/own', () => import('../ledgers/own/page.tsx'), 'OwnLedgersPage'),
  page('/ledgers/own/new', () => import('../ledgers/own/start.tsx'), 'NewOwnLedgerPage'),
  page('/ledgers/own/$id', () => import('../ledgers/own/editor.tsx'), 'OwnLedgerPage'),
  page('/ledgers/$ledger', () => import('../ledgers/ledger.tsx'), 'LedgerPage'),
  page('/ledgers/$ledger/grid', () => import('../ledgers/grid/page.tsx'), 'GridPage'),
  page('/ledgers/$ledger/new', () => import('../ledgers/newRecord.tsx'), 'NewRecordPage'),
  page('/records/$id', () => import('../ledgers/record.tsx'), 'RecordPage'),
  page('/hosts', () => import('../ledgers/waiting.tsx'), 'WaitingPage'),
  page('/organisations', () => import('../organisations/page.tsx'), 'OrganisationsPage'),
  page('/organisations/$id', () => import('../organisations/detail.tsx'), 'OrganisationPage'),
  page('/members', () => import('../members/page.tsx'), 'MembersPage'),
  page('/people/$id', () => import('../people/page.tsx'), 'PersonPage'),
  page('/officers', () => import('../officers/page.tsx'), 'OfficersPage'),
  page('/overview', () => import('../overview/page.tsx'), 'OverviewPage'),
  page('/overview/coverage', () => import('../overview/coverage.tsx'), 'CoveragePage'),
  page('/overview/lines/$line', () => import('../overview/line.tsx'), 'OverviewLinePage'),
  page('/figures', () => import('../figures/page.tsx'), 'FiguresPage'),
  page('/account', () => import('../accounts/myAccount.tsx'), 'MyAccountPage'),
  page('/settings', () => import('../settings/page.tsx'), 'SettingsPage'),
  page('/summaries', () => import('../summaries/page.tsx'), 'SummariesPage'),
  page('/summaries/$id', () => import('../summaries/editor.tsx'), 'SummaryPage'),
  page('/forms', () => import('../forms/page.tsx'), 'FormsPage'),
  page('/forms/$id', () => import('../forms/editor.tsx'), 'FormPage'),
  page('/forms/$id/filled/$filled', () => import('../forms/filled.tsx'), 'FilledFormPage'),
  page('/inspection', () => import('../inspection/page.tsx'), 'InspectionPage'),
  page('/duplicates', () => import('../duplicates/page.tsx'), 'DuplicatesPage'),
  page('/import', () => import('../import/page.tsx'), 'ImportPage'),
  page('/import/batches', () => import('../import/batches.tsx'), 'BatchesPage'),
]

/** Before anybody is signed in. */
export const openPages: PageEntry[] = [
  page('/sign-in', () => import('../accounts/page.tsx'), 'SignInPage'),
  page('/setup/$token', () => import('../accounts/setUp.tsx'), 'SetUpPage'),
  page('/invitation/$token', () => import('../accounts/setUp.tsx'), 'SetUpPage'),
]
