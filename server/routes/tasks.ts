import {
  taskAssign,
  taskCount,
  taskDecided,
  taskDecision,
  taskId,
  taskList,
  taskMade,
  taskQuery,
} from '../../shared/api/tasks.ts'
import { toldOf } from '../customers/contacts.ts'
import { actorOf, viewerOf } from '../http/actor.ts'
import { type App, brandOf } from '../http/app.ts'
import { contactsFor } from '../http/contacts.ts'
import { brandParams } from '../http/route.ts'
import {
  assignTask,
  cancelTask,
  countTasks,
  decideTask,
  listTasks,
  makeTask,
  readTask,
} from '../tasks/tasks.ts'
import type { RouteContext } from './context.ts'

const taskParams = brandParams.extend({ task: taskId })

export function taskRoutes(app: App, context: RouteContext): void {
  app.get(
    '/tasks',
    {
      schema: {
        summary: 'What waits for a person: decisions, and tasks for staff',
        description:
          'Each is a customer who stands at a node “Ask a colleague” or “Task for staff”. A staff login sees its own, what its team may take, and as the leader what the team has. Open ones come by their deadline; those that are decided, or over without a decision, the newest first.',
        tags: ['tasks'],
        params: brandParams,
        querystring: taskQuery,
        response: { 200: taskList },
        problems: ['not-found'],
      },
    },
    async (request) => {
      const desk = brandOf(context, request.params.brand)
      const found = await listTasks(desk, request.query, viewerOf(request))
      const customers = found.tasks.map(({ customerId }) => customerId)
      return toldOf(desk, { shown: contactsFor(request), customers }, found)
    },
  )

  app.post(
    '/tasks',
    {
      schema: {
        summary: 'Give somebody something to do for a customer',
        description:
          'A task made by hand is of no journey: its `journeyId` and `node` are null. By default it is for whoever has the customer. It stays open for a while once it is late, and can be taken back.',
        tags: ['tasks'],
        params: brandParams,
        body: taskMade,
        response: { 200: taskDecided },
        problems: ['not-found', 'unknown-customer', 'no-such-staff', 'no-such-team', 'task-due-unfit'],
      },
    },
    async (request) => {
      const desk = brandOf(context, request.params.brand)
      return { task: await makeTask(desk, actorOf(context, request), request.body) }
    },
  )

  app.post(
    '/tasks/:task/cancel',
    {
      schema: {
        summary: 'Take back a task that was made by hand',
        tags: ['tasks'],
        params: taskParams,
        response: { 200: taskDecided },
        problems: ['not-found', 'task-of-journey', 'task-decided', 'task-over'],
      },
    },
    async (request) => {
      const desk = brandOf(context, request.params.brand)
      return { task: await cancelTask(desk, actorOf(context, request), request.params.task) }
    },
  )

  app.get(
    '/tasks/count',
    {
      schema: {
        summary: 'How many tasks are open',
        tags: ['tasks'],
        params: brandParams,
        response: { 200: taskCount },
        problems: ['not-found'],
      },
    },
    async (request) => countTasks(brandOf(context, request.params.brand), viewerOf(request)),
  )

  app.get(
    '/tasks/:task',
    {
      schema: {
        summary: 'One task',
        tags: ['tasks'],
        params: taskParams,
        response: { 200: taskDecided },
        problems: ['not-found'],
      },
    },
    async (request) => {
      const desk = brandOf(context, request.params.brand)
      const task = await readTask(desk, request.params.task, viewerOf(request))
      return toldOf(desk, { shown: contactsFor(request), customers: [task.customerId] }, { task })
    },
  )

  app.post(
    '/tasks/:task',
    {
      schema: {
        summary: 'Decide a task',
        description: 'The customer goes on by the button that is pressed. The first decision holds.',
        tags: ['tasks'],
        params: taskParams,
        body: taskDecision,
        response: { 200: taskDecided },
        problems: ['not-found', 'task-decided', 'task-over', 'no-such-button'],
      },
    },
    async (request) => {
      const desk = brandOf(context, request.params.brand)
      const actor = actorOf(context, request)
      const answer = { decision: request.body, viewer: viewerOf(request) }
      return { task: await decideTask(desk, actor, request.params.task, answer) }
    },
  )

  app.post(
    '/tasks/:task/assign',
    {
      schema: {
        summary: 'Give a task to one of the staff, or take it',
        description:
          'null puts it back, for whoever takes it. A staff login takes what nobody has, its leader whatever the team has.',
        tags: ['tasks'],
        params: taskParams,
        body: taskAssign,
        response: { 200: taskDecided },
        problems: ['not-found', 'task-decided', 'task-over', 'task-taken', 'task-nobodys', 'no-such-staff'],
      },
    },
    async (request) => {
      const desk = brandOf(context, request.params.brand)
      const given = { staff: request.body.staff, viewer: viewerOf(request) }
      return { task: await assignTask(desk, actorOf(context, request), request.params.task, given) }
    },
  )
}
