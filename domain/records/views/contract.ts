/** Saved views of lists: filters, columns and order under a name, for oneself or for one's organisation. */
import Type, { type Static } from 'typebox'
import { endpoint } from '../../../kernel/endpoint.ts'
import { nullable, opens } from '../../../kernel/shapes.ts'

/** 'ledger.themeActivity', 'members', 'officers', 'organisations': the list to which a view belongs. */
const List = Type.String({ pattern: '^[A-Za-z0-9._-]{1,100}$' })
const Name = Type.String({ minLength: 1, maxLength: 30 })

/** How a list stands. The server keeps it as it is; the screens leave out what they no longer know. */
export const ViewState = Type.Object({
  /** Of the list's address: filters, the searched words, the order; a period only where it belongs to the view. */
  search: Type.Record(Type.String({ maxLength: 60 }), Type.String({ maxLength: 2000 })),
  /** Columns that are shown, in their order; null: as the list comes. */
  columns: nullable(Type.Array(Type.String({ maxLength: 100 }), { maxItems: 200 })),
  /** Pixels, by column. */
  widths: Type.Record(Type.String({ maxLength: 100 }), Type.Integer({ minimum: 40, maximum: 1200 })),
})
export type ViewState = Static<typeof ViewState>

export const SavedView = Type.Object({
  id: Type.String(),
  name: Type.String(),
  state: ViewState,
  /** 本单位共用: everybody who holds a post in the organisation sees it. */
  shared: Type.Boolean(),
  /** May the caller rename, change and delete it? */
  mine: Type.Boolean(),
  /** Who saved it. */
  by: Type.String(),
  org: Type.String(),
  /** With this view the caller's list begins. */
  isDefault: Type.Boolean(),
})
export type SavedView = Static<typeof SavedView>

const ofView = Type.Object({ id: opens('view') })

export const listViews = endpoint({
  id: 'views.list',
  method: 'GET',
  path: '/views',
  summary: '一张列表的视图：我的和本单位共用的',
  right: 'signedIn',
  query: Type.Object({ list: List }),
  response: Type.Object({ views: Type.Array(SavedView) }),
})

export const saveView = endpoint({
  id: 'views.save',
  method: 'POST',
  path: '/views',
  summary: '把现在的筛选、列和排序存成视图',
  right: 'signedIn',
  body: Type.Object({ list: List, name: Name, state: ViewState, shared: Type.Boolean() }),
  response: SavedView,
})

/** What is left out stays. */
export const changeView = endpoint({
  id: 'views.change',
  method: 'PATCH',
  path: '/views/:id',
  summary: '视图改名、更新、共用或收回共用',
  right: 'signedIn',
  params: ofView,
  body: Type.Object({
    name: Type.Optional(Name),
    state: Type.Optional(ViewState),
    shared: Type.Optional(Type.Boolean()),
  }),
  response: SavedView,
})

export const deleteView = endpoint({
  id: 'views.delete',
  method: 'DELETE',
  path: '/views/:id',
  summary: '删除视图（记录不受影响）',
  right: 'signedIn',
  params: ofView,
  response: Type.Object({ id: Type.String() }),
})

export const setDefaultView = endpoint({
  id: 'views.setDefault',
  method: 'PUT',
  path: '/views/default',
  summary: '打开一张列表时先用哪个视图',
  right: 'signedIn',
  body: Type.Object({ list: List, view: nullable(opens('view')) }),
  response: Type.Object({ view: nullable(Type.String()) }),
})

/** Favourites stand first wherever a ledger is chosen, on every machine of the account. */
export const setFavourite = endpoint({
  id: 'ledgers.setFavourite',
  method: 'PUT',
  path: '/ledgers/:ledger/favourite',
  summary: '把一本台账放到最前面，或收回',
  right: 'signedIn',
  params: Type.Object({ ledger: opens('ledger', {}) }),
  body: Type.Object({ on: Type.Boolean() }),
  response: Type.Object({ on: Type.Boolean() }),
})
