/** The phone client: an entry of its own, without the desktop's kit, so that it opens on a weak signal. */
import '../app/floor.ts'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { whenSignedOut } from '../app/client.ts'
import { largeType } from '../app/preferences.ts'
import { queryClient } from '../app/queries.ts'
import { PhoneFrame } from './frame.tsx'
import { SIGN_IN } from './pageProps.ts'
import { goTo, placeNow } from './place.ts'
import './theme.css'

largeType.set(largeType.get())

whenSignedOut(() => {
  const { path, search } = placeNow()
  if (path !== SIGN_IN) goTo(`${SIGN_IN}?back=${encodeURIComponent(`${path}?${search}`)}`, { replace: true })
})

const place = document.getElementById('root')
if (place)
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <PhoneFrame />
      </QueryClientProvider>
    </StrictMode>,
  )
