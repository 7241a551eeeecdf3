import { z } from 'zod'
import { broadcastList, broadcastQuery, broadcastStatuses, wecomStanding } from '../../shared/api/wecom.ts'
import { actorOf } from '../http/actor.ts'
import { type App, brandOf } from '../http/app.ts'
import { brandParams, nothing } from '../http/route.ts'
import { beginSync, standingOf } from '../wecom/standing.ts'
import { cancelTask, confirmTask, listTasks, remindTask } from '../wecom/tasks.ts'
import type { RouteContext } from './context.ts'

const params = brandParams.extend({ broadcast: z.coerce.number().int().min(1) })
const statuses = z.enum(broadcastStatuses).catch('unreadable')

export function wecomRoutes(app: App, context: RouteContext): void {
  app.get(
    '/wecom',
    {
      schema: {
        summary: 'How many friends the brand has in WeCom',
        tags: ['settings'],
        params: brandParams,
        response: { 200: wecomStanding },
        problems: ['not-found'],
      },
    },
    async (request) => standingOf(brandOf(context, request.params.brand)),
  )

  app.post(
    '/wecom/sync',
    {
      schema: {
        summary: 'Take all friends over from WeCom',
        description:
          'Goes on by itself, in pages; starts and wakes nothing. Whoever is a friend there becomes a customer here, and whom an employee has no more is a friend no more.',
        tags: ['settings'],
        params: brandParams,
        response: { 202: wecomStanding },
        problems: ['not-found', 'channel-absent'],
      },
    },
    async (request, reply) => {
      const desk = brandOf(context, request.params.brand)
      return reply.status(202).send(await beginSync(desk, actorOf(context, request)))
    },
  )

  app.get(
    '/wecom/broadcasts',
    {
      schema: {
        summary: 'Broadcasts in WeCom, the newest first',
        description:
          'Messages of the same words to customers of one employee are one broadcast, which the employee has to press send for.',
        tags: ['messages'],
        params: brandParams,
        querystring: broadcastQuery,
        response: { 200: broadcastList },
        problems: ['not-found'],
      },
    },
    async (request) => {
      const found = await listTasks(brandOf(context, request.params.brand), request.query.limit)
      return {
        broadcasts: found.map(({ status, reminders, ...one }) => ({
          ...one,
          reminders: [...reminders],
          status: statuses.parse(status),
        })),
      }
    },
  )

  app.post(
    '/wecom/broadcasts/:broadcast/remind',
    {
      schema: {
        summary: 'Remind the employee of a broadcast',
        tags: ['messages'],
        params,
        response: { 204: nothing },
        problems: ['not-found', 'wecom-task-over', 'wecom-reminded', 'wecom-refused', 'channel-absent'],
      },
    },
    async (request, reply) => {
      const desk = brandOf(context, request.params.brand)
      await remindTask(desk, actorOf(context, request), request.params.broadcast)
      return reply.status(204).send()
    },
  )

  app.post(
    '/wecom/broadcasts/:broadcast/confirm',
    {
      schema: {
        summary: 'Press send for an employee of a sandbox',
        description:
          'In a sandbox employees press send within an hour of their working hours; this is for whoever would not wait.',
        tags: ['messages'],
        params,
        response: { 204: nothing },
        problems: ['not-found', 'wecom-task-over', 'sandbox-only', 'channel-absent'],
      },
    },
    async (request, reply) => {
      const desk = brandOf(context, request.params.brand)
      await confirmTask(desk, actorOf(context, request), request.params.broadcast)
      return reply.status(204).send()
    },
  )

  app.post(
    '/wecom/broadcasts/:broadcast/cancel',
    {
      schema: {
        summary: 'Take a broadcast back',
        description: 'Whoever has not had it gets it no more; their messages have failed.',
        tags: ['messages'],
        params,
        response: { 204: nothing },
        problems: ['not-found', 'wecom-task-over', 'wecom-refused', 'channel-absent'],
      },
    },
    async (request, reply) => {
      const desk = brandOf(context, request.params.brand)
      await cancelTask(desk, actorOf(context, request), request.params.broadcast)
      return reply.status(204).send()
    },
  )
}
