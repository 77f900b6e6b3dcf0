/** What the server does for its data folder by itself: at its start, and once a day. */
import { countAhead } from '../domain/records/duplicates/ahead.ts'
import { renewPictures } from '../domain/records/ledgers/pictures.ts'
import type { Services } from '../kernel/context.ts'
import { sweepFiles } from '../kernel/sweep.ts'

const DAY_MS = 86_400_000

/** Returns what stops it. */
export function startKeeping(services: Services): () => void {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  const round = () =>
    keep(services, () => stopped)
      .catch((error: Error & { code?: string }) => {
        if (!stopped) console.error(`keeping: ${error.code ?? error.name}`)
      })
      .finally(() => {
        if (!stopped) timer = setTimeout(round, DAY_MS).unref()
      })
  // Beside the first round: desks ask at once, and pictures may take hours.
  void countAhead(services, () => stopped).catch((error: Error & { code?: string }) => {
    if (!stopped) console.error(`counting ahead: ${error.code ?? error.name}`)
  })
  void round()
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}

async function keep(services: Services, stopped: () => boolean): Promise<void> {
  const { renewed, unreadable } = await renewPictures(services, stopped)
  if (renewed > 0) console.log(`已去掉 ${renewed} 张旧照片里的拍摄地点和设备，并做好小图。`)
  if (unreadable.length > 0)
    console.warn(`有 ${unreadable.length} 张旧照片打不开，照原样留着：${unreadable.slice(0, 10).join('、')}`)
  if (!stopped()) await sweepFiles(services, new Date())
}
