/** The desktop client. */
import './app/floor.ts'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { App, ConfigProvider } from 'antd'
import chinese from 'antd/locale/zh_CN'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { paths } from './app/address.tsx'
import { whenSignedOut } from './app/client.ts'
import { largeType, useLargeType } from './app/preferences.ts'
import { queryClient } from './app/queries.ts'
import { router } from './app/routes.tsx'
import { themeOf } from './app/theme.ts'
import './app/base.css'
import './app/frame.css'
import './kit/kit.css'

dayjs.locale('zh-cn')
largeType.set(largeType.get())

whenSignedOut(() => {
  const { pathname, href } = router.state.location
  if (
    !pathname.startsWith('/sign-in') &&
    !pathname.startsWith('/setup') &&
    !pathname.startsWith('/invitation')
  )
    router.history.replace(paths.signIn(href))
})

function Client() {
  const large = useLargeType()
  return (
    <ConfigProvider
      locale={chinese}
      theme={themeOf(large)}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
    >
      <App message={{ maxCount: 3 }}>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </App>
    </ConfigProvider>
  )
}

const place = document.getElementById('root')
if (place)
  createRoot(place).render(
    <StrictMode>
      <Client />
    </StrictMode>,
  )
