/** Where one is: paths, and the state that stands in the address. Organisation and period stay while moving. */
import { useNavigate, useRouter, useRouterState } from '@tanstack/react-router'
import { type AnchorHTMLAttributes, type MouseEvent, useCallback } from 'react'

export type Search = Record<string, string>

/** Kept from page to page. */
const STAYING = ['org', 'period', 'until']

export const parseSearch = (text: string): Search => Object.fromEntries(new URLSearchParams(text))

export function stringifySearch(search: object): string {
  const kept = Object.entries(search).filter(
    ([, value]) => value !== undefined && value !== null && value !== '',
  )
  const text = new URLSearchParams(kept.map(([k, v]): [string, string] => [k, String(v)])).toString()
  return text ? `?${text}` : ''
}

export const paths = {
  desk: () => '/desk',
  organisations: () => '/organisations',
  organisation: (id: string) => `/organisations/${id}`,
  members: () => '/members',
  person: (id: string) => `/people/${id}`,
  officers: () => '/officers',
  ledgers: () => '/ledgers',
  ledger: (ledger: string) => `/ledgers/${ledger}`,
  newRecord: (ledger: string) => `/ledgers/${ledger}/new`,
  entryGrid: (ledger: string) => `/ledgers/${ledger}/grid`,
  record: (id: string) => `/records/${id}`,
  hosts: () => '/hosts',
  overview: () => '/overview',
  overviewLine: (line: string) => `/overview/lines/${encodeURIComponent(line)}`,
  coverage: () => '/overview/coverage',
  figures: () => '/figures',
  summaries: () => '/summaries',
  summary: (id: string) => `/summaries/${id}`,
  forms: () => '/forms',
  form: (id: string) => `/forms/${id}`,
  filledForm: (form: string, id: string) => `/forms/${form}/filled/${id}`,
  inspection: () => '/inspection',
  duplicates: (tab?: 'people' | 'records') => (tab ? `/duplicates?tab=${tab}` : '/duplicates'),
  import: () => '/import',
  batches: () => '/import/batches',
  account: () => '/account',
  settings: () => '/settings',
  signIn: (back?: string) => (back ? `/sign-in?back=${encodeURIComponent(back)}` : '/sign-in'),
}

/** The search part of the address, as texts. */
export function useSearchState(): [
  Search,
  (patch: Record<string, string | undefined>, how?: 'push') => void,
] {
  const search = useRouterState({ select: (s) => s.location.search as Search })
  const navigate = useNavigate()
  const change = useCallback(
    (patch: Record<string, string | undefined>, how?: 'push') => {
      void navigate({
        to: '.',
        search: ((now: Search) => withoutEmpty({ ...now, ...patch })) as never,
        replace: how !== 'push',
        resetScroll: false,
      })
    },
    [navigate],
  )
  return [search, change]
}

export function withoutEmpty(search: Record<string, string | undefined>): Search {
  return Object.fromEntries(Object.entries(search).filter((e): e is [string, string] => Boolean(e[1])))
}

/** The whole address of a path (which may carry its own search), organisation and period kept. */
export function addressWith(path: string, now: Search): string {
  const [pathname = '/', own = ''] = path.split('?')
  const staying = Object.fromEntries(STAYING.flatMap((key) => (now[key] ? [[key, now[key]]] : [])))
  return pathname + stringifySearch({ ...staying, ...parseSearch(own) })
}

/** Goes to a path, organisation and period kept. */
export function useGo(): (path: string, how?: { replace?: boolean }) => void {
  const router = useRouter()
  return useCallback(
    (path, how) => {
      const href = addressWith(path, router.state.location.search as Search)
      if (how?.replace) router.history.replace(href)
      else router.history.push(href)
    },
    [router],
  )
}

/** A link inside the product: middle click and 在新标签页打开 work as they should. */
export function GoLink({ to, onClick, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { to: string }) {
  const router = useRouter()
  const href = useRouterState({ select: (s) => addressWith(to, s.location.search as Search) })
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event)
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey)
      return
    event.preventDefault()
    router.history.push(href)
  }
  return <a {...rest} href={href} onClick={follow} />
}

/** A part of the path: 'id' of /people/$id. */
export function useParam(name: string): string {
  return useRouterState({
    select: (s) =>
      String((s.matches[s.matches.length - 1]?.params as Record<string, string> | undefined)?.[name] ?? ''),
  })
}
