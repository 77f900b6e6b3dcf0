/** Pages become routes: the signed-in ones inside the frame, all of them split off. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  type ErrorComponentProps,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { Button } from 'antd'
import { EmptyState } from '../kit/Page.tsx'
import { GoLink, parseSearch, paths, type Search, stringifySearch } from './address.tsx'
import { problemOf } from './client.ts'
import { Frame } from './frame.tsx'
import { openPages, type PageEntry, pages } from './pages.ts'

const root = createRootRoute({
  validateSearch: (search: Record<string, unknown>): Search => search as Search,
  component: Outlet,
  notFoundComponent: () => (
    <EmptyState
      title="没有这一页"
      hint="地址可能写错了，或者这一页已经挪走。"
      action={<GoLink to="/">回到首页</GoLink>}
    />
  ),
})

const framed = createRoute({ getParentRoute: () => root, id: 'framed', component: Frame })

const first = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: ({ search }) => {
    throw redirect({ to: paths.desk(), search: search as never })
  },
})

const routeOf = (parent: typeof root | typeof framed, entry: PageEntry) =>
  createRoute({
    getParentRoute: () => parent as typeof root,
    path: entry.path,
    component: lazyRouteComponent(async () => ({ default: await entry.load() })),
  })

/** A page that failed: most often the server was renewed and this page's old files are gone. */
function Broken({ error }: ErrorComponentProps) {
  return (
    <EmptyState
      title="这一页出错了"
      hint={`已经保存的内容不受影响。请刷新；如果总是这样，请把这句话告诉管理员：${problemOf(error).title}`}
      action={<Button onClick={() => window.location.reload()}>刷新</Button>}
    />
  )
}

export const router = createRouter({
  routeTree: root.addChildren([
    first,
    ...openPages.map((entry) => routeOf(root, entry)),
    framed.addChildren(pages.map((entry) => routeOf(framed, entry))),
  ]),
  parseSearch,
  stringifySearch,
  scrollRestoration: true,
  defaultPendingMs: 300,
  defaultErrorComponent: Broken,
})
