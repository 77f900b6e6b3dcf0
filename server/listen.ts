/** Finding a port, and the addresses under which others can open it. */
import { networkInterfaces } from 'node:os'
import type { FastifyInstance } from 'fastify'

export interface Place {
  host: string
  port: number
  /** Named by the user: taken as it is, or refused. Otherwise the next free one. */
  fixed: boolean
}

const TRIES = 20

/** Listens; answers the port. @throws Error in words for the user when it is taken. */
export async function listen(app: FastifyInstance, { host, port, fixed }: Place): Promise<number> {
  for (let next = port; ; next++) {
    try {
      await app.listen({ host, port: next })
      const address = app.server.address()
      return typeof address === 'object' && address ? address.port : next
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EACCES') throw new Error(`没有权限使用端口 ${next}，请用 --port 换一个大于 1024 的端口。`)
      if (code === 'EADDRNOTAVAIL') throw new Error(`这台机器没有地址 ${host}，请检查 --host。`)
      if (code !== 'EADDRINUSE') throw error
      if (fixed || next - port >= TRIES)
        throw new Error(`端口 ${next} 已被别的程序占用。请关闭那个程序，或用 --port 换一个端口。`)
    }
  }
}

/** http://… as people can type it. */
export function addressesOf(host: string, port: number): string[] {
  if (host !== '0.0.0.0' && host !== '::')
    return [`http://${host.includes(':') ? `[${host}]` : host}:${port}`]
  const others = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter((one) => one.family === 'IPv4' && !one.internal)
    .map((one) => `http://${one.address}:${port}`)
  return [`http://127.0.0.1:${port}`, ...others]
}
