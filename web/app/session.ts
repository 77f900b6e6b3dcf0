/** Who is signed in, and becoming somebody. */
import Type, { type Static } from 'typebox'
import { endpoint } from '../../kernel/endpoint.ts'

const Post = Type.Object({ orgId: Type.String(), orgName: Type.String(), title: Type.String() })
const Home = Type.Object({ id: Type.String() })

export const Me = Type.Object({
  name: Type.String(),
  today: Type.String(),
  demo: Type.Boolean(),
  posts: Type.Array(Post),
  home: Type.Union([Home, Type.Null()]),
  actions: Type.Array(Type.String()),
})
export type Me = Static<typeof Me>

export const getMe = endpoint({
  id: 'accounts.me',
  method: 'GET',
  path: '/me',
  summary: '我是谁',
  right: 'signedIn',
  response: Me,
})
export const getRoles = endpoint({
  id: 'demo.roles',
  method: 'GET',
  path: '/demo/roles',
  summary: '可以试用的角色',
  right: 'public',
  response: Type.Object({
    roles: Type.Array(
      Type.Object({
        id: Type.String(),
        title: Type.String(),
        name: Type.String(),
        errand: Type.String(),
        start: Type.String(),
      }),
    ),
  }),
})
export const signInAs = endpoint({
  id: 'demo.session',
  method: 'POST',
  path: '/demo/session',
  summary: '试用一个角色',
  right: 'public',
  body: Type.Object({ role: Type.String() }),
  response: Type.Object({ name: Type.String() }),
})
export const signIn = endpoint({
  id: 'accounts.signIn',
  method: 'POST',
  path: '/session',
  summary: '登录',
  right: 'public',
  body: Type.Object({ username: Type.String(), password: Type.String() }),
  response: Type.Object({ name: Type.String() }),
})
export const signOut = endpoint({
  id: 'accounts.signOut',
  method: 'DELETE',
  path: '/session',
  summary: '退出登录',
  right: 'signedIn',
  response: Type.Object({}),
})
