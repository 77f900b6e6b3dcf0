/** The end of the server: whoever is being answered gets the answer if it comes soon, and everybody else is told. */
import { setTimeout as delay } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from './errors.ts'

const PATIENCE_MS = 1000
const LOOK_MS = 20
/** For the last words to leave. */
const PARTING_MS = 100

export type TurnAway = (error: Refusal, request: FastifyRequest, reply: FastifyReply) => void

/** Lets `app.close()` end in little more than a second, however long its requests would take. */
export function endInTime(app: FastifyInstance, turnAway: TurnAway): void {
  const running = new Map<FastifyReply, FastifyRequest>()
  let ending = false
  app.addHook('onRequest', async (request, reply) => {
    if (ending) throw stopping()
    running.set(reply, request)
  })
  app.addHook('onResponse', async (_request, reply) => {
    running.delete(reply)
  })
  app.addHook('preClose', async () => {
    ending = true
    const deadline = performance.now() + PATIENCE_MS
    while (running.size > 0 && performance.now() < deadline) await delay(LOOK_MS)
    for (const [reply, request] of running) if (!reply.sent) turnAway(stopping(), request, reply)
    if (running.size > 0) await delay(PARTING_MS)
    app.server.closeAllConnections()
  })
}

const stopping = () =>
  new Refusal('unavailable', 'stopping', '服务器正在停止或重新启动。请过一会儿再试，重试不会记重。')
