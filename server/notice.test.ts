import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { putNotice, refuseSecond } from './notice.ts'

test('a second server on the folder is refused while the first answers, and let in when it died', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'mingzhang-notice-'))
  await refuseSecond(dataDir)
  const first = createServer((_request, answer) => answer.end('{"ok":true}')).listen(0, '127.0.0.1')
  await once(first, 'listening')
  const address = first.address()
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  putNotice(dataDir, url)
  await expect(refuseSecond(dataDir)).rejects.toMatchObject({
    code: 'serverRunning',
    message: expect.stringContaining(url),
  })
  first.closeAllConnections()
  first.close()
  await once(first, 'close')
  await refuseSecond(dataDir)
  rmSync(dataDir, { recursive: true })
})
