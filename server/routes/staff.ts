import {
  assignRequest,
  givingBegun,
  givingPreview,
  handOverRequest,
  ownerSave,
  ownershipList,
  rulesAnswer,
  rulesSave,
  staffAnswer,
  staffFile,
  staffFileAnswer,
  staffList,
  staffLogin,
  staffReport,
  staffReportQuery,
  staffSave,
  teamAnswer,
  teamSave,
} from '../../shared/api/staff.ts'
import { limits } from '../../shared/limits.ts'
import { staffKey } from '../../shared/staff/rules.ts'
import { actorOf } from '../http/actor.ts'
import { type App, brandOf } from '../http/app.ts'
import { localeOf } from '../http/language.ts'
import { markOf } from '../http/password.ts'
import { brandParams, nothing } from '../http/route.ts'
import { readOwnersFile, readStaffFile } from '../staff/files.ts'
import { beginAssign, beginHandOver, previewAssign, previewHandOver } from '../staff/giving.ts'
import {
  listStaff,
  ownersOf,
  readRules,
  removeMember,
  removeTeam,
  reportOfStaff,
  saveMember,
  saveRules,
  saveTeam,
  setLogin,
  setOwner,
} from '../staff/staff.ts'
import type { RouteContext } from './context.ts'

const ofId = brandParams.extend({ id: staffKey.describe('The staff number, or the key of the team') })
const ofCustomer = brandParams.extend({ id: brandParams.shape.brand.describe('The id of the customer') })
const tags = ['staff']
/** A text in JSON may be twice as long as it is. */
const fileLimit = 2 * limits.assignFile.value

/** Staff, teams, and the rules by which customers are given to them. */
export function staffRoutes(app: App, context: RouteContext): void {
  memberRoutes(app, context)
  teamRoutes(app, context)
  givingRoutes(app, context)
  ownerRoutes(app, context)
}

function memberRoutes(app: App, context: RouteContext): void {
  app.get(
    '/staff',
    {
      schema: {
        summary: 'The staff and the teams',
        description: 'With how many customers and open tasks each has, and how many customers nobody has.',
        tags,
        params: brandParams,
        response: { 200: staffList },
        problems: ['not-found'],
      },
    },
    async ({ params }) => listStaff(brandOf(context, params.brand)),
  )

  app.put(
    '/staff/:id',
    {
      schema: {
        summary: 'Add or change a member of staff',
        description: 'By their staff number. What is left out is as for somebody new.',
        tags,
        params: ofId,
        body: staffSave,
        response: { 200: staffAnswer },
        problems: ['not-found', 'staff-too-many', 'no-such-team'],
      },
    },
    async (request) => {
      const { brand, id } = request.params
      const member = await saveMember(brandOf(context, brand), actorOf(context, request), id, request.body)
      return { member }
    },
  )

  app.delete(
    '/staff/:id',
    {
      schema: {
        summary: 'Remove a member of staff',
        description: 'Only without customers: hand them over first.',
        tags,
        params: ofId,
        response: { 204: nothing },
        problems: ['not-found', 'staff-has-customers'],
      },
    },
    async (request, reply) => {
      const { brand, id } = request.params
      await removeMember(brandOf(context, brand), actorOf(context, request), id)
      return reply.code(204).send()
    },
  )

  app.put(
    '/staff/:id/login',
    {
      schema: {
        summary: 'Let a member of staff log in, or no more',
        description:
          'With the staff number and this password they see their own tasks and customers, and nothing else. null takes the login away, at once.',
        tags,
        params: ofId,
        body: staffLogin,
        response: { 200: staffAnswer },
        problems: ['not-found'],
      },
    },
    async (request) => {
      const { brand, id } = request.params
      const { password } = request.body
      const mark = password === null ? null : await markOf(password)
      return { member: await setLogin(brandOf(context, brand), actorOf(context, request), id, mark) }
    },
  )

  app.post(
    '/staff/file',
    {
      bodyLimit: fileLimit,
      schema: {
        summary: 'Read staff from a file',
        description:
          'CSV with the columns id and name, and if you like phone, email, wecom, team, regions, categories (several with ; between) and ceiling. A line that cannot be used costs itself.',
        tags,
        params: brandParams,
        body: staffFile,
        response: { 200: staffFileAnswer },
        problems: ['not-found', 'staff-file-unreadable'],
      },
    },
    async (request) => {
      const desk = brandOf(context, request.params.brand)
      const locale = localeOf(request.headers['accept-language'])
      return readStaffFile(desk, actorOf(context, request), request.body.csv, locale)
    },
  )

  app.get(
    '/staff/report',
    {
      schema: {
        summary: 'What became of the tasks of the staff',
        description:
          'Of the tasks made within the last days: open, done, overdue, their results, and purchases after.',
        tags,
        params: brandParams,
        querystring: staffReportQuery,
        response: { 200: staffReport },
        problems: ['not-found'],
      },
    },
    async ({ params, query }) => reportOfStaff(brandOf(context, params.brand), query),
  )
}

function teamRoutes(app: App, context: RouteContext): void {
  app.put(
    '/teams/:id',
    {
      schema: {
        summary: 'Add or change a team',
        tags,
        params: ofId,
        body: teamSave,
        response: { 200: teamAnswer },
        problems: ['not-found', 'teams-too-many', 'no-such-staff'],
      },
    },
    async (request) => {
      const { brand, id } = request.params
      return { team: await saveTeam(brandOf(context, brand), actorOf(context, request), id, request.body) }
    },
  )

  app.delete(
    '/teams/:id',
    {
      schema: {
        summary: 'Remove a team',
        description: 'Its members belong to none from then on.',
        tags,
        params: ofId,
        response: { 204: nothing },
        problems: ['not-found'],
      },
    },
    async (request, reply) => {
      const { brand, id } = request.params
      await removeTeam(brandOf(context, brand), actorOf(context, request), id)
      return reply.code(204).send()
    },
  )

  app.get(
    '/assignment-rules',
    {
      schema: {
        summary: 'The rules by which customers are given to staff, in their order',
        tags,
        params: brandParams,
        response: { 200: rulesAnswer },
        problems: ['not-found'],
      },
    },
    async ({ params }) => ({ rules: await readRules(brandOf(context, params.brand)) }),
  )

  app.put(
    '/assignment-rules',
    {
      schema: {
        summary: 'Save the rules, all of them in their order',
        description:
          'For each new customer the first rule decides whose condition holds and which finds somebody at work below the ceiling. Who has had the last turn of a rule is kept by its id.',
        tags,
        params: brandParams,
        body: rulesSave,
        response: { 200: rulesAnswer },
        problems: ['not-found', 'no-such-staff', 'no-such-team'],
      },
    },
    async (request) => {
      const desk = brandOf(context, request.params.brand)
      return { rules: await saveRules(desk, actorOf(context, request), request.body.rules) }
    },
  )
}

function givingRoutes(app: App, context: RouteContext): void {
  const problems = ['not-found', 'no-such-staff', 'no-such-team'] as const
  app.post(
    '/owners/preview',
    {
      schema: {
        summary: 'How many customers each would get',
        description: 'By the rules, to one, or evenly over a team; nothing is done.',
        tags,
        params: brandParams,
        body: assignRequest,
        response: { 200: givingPreview },
        problems: [...problems],
      },
    },
    async ({ params, body }) => previewAssign(brandOf(context, params.brand), body),
  )

  app.post(
    '/owners/assign',
    {
      schema: {
        summary: 'Give customers to staff',
        description: 'In batches from now on; GET /staff tells how many still wait.',
        tags,
        params: brandParams,
        body: assignRequest,
        response: { 202: givingBegun },
        problems: [...problems],
      },
    },
    async (request, reply) => {
      const desk = brandOf(context, request.params.brand)
      return reply.code(202).send(await beginAssign(desk, actorOf(context, request), request.body))
    },
  )

  app.post(
    '/owners/file',
    {
      bodyLimit: fileLimit,
      schema: {
        summary: 'Read from a file who has whom',
        description:
          'CSV with the columns customer_id and staff_id. A line that cannot be used costs itself.',
        tags,
        params: brandParams,
        body: staffFile,
        response: { 200: staffFileAnswer },
        problems: ['not-found', 'staff-file-unreadable'],
      },
    },
    async (request) => {
      const desk = brandOf(context, request.params.brand)
      const locale = localeOf(request.headers['accept-language'])
      return readOwnersFile(desk, actorOf(context, request), request.body.csv, locale)
    },
  )

  app.post(
    '/staff/:id/hand-over/preview',
    {
      schema: {
        summary: 'Who would get the customers of somebody',
        tags,
        params: ofId,
        body: handOverRequest,
        response: { 200: givingPreview },
        problems: [...problems],
      },
    },
    async ({ params, body }) => previewHandOver(brandOf(context, params.brand), params.id, body),
  )

  app.post(
    '/staff/:id/hand-over',
    {
      schema: {
        summary: 'Hand somebody’s customers over',
        description:
          'With their open tasks, in batches from now on. Whoever leaves gets nobody any more; a customer for whom nobody is free stays theirs.',
        tags,
        params: ofId,
        body: handOverRequest,
        response: { 202: givingBegun },
        problems: [...problems],
      },
    },
    async (request, reply) => {
      const { brand, id } = request.params
      const actor = actorOf(context, request)
      return reply.code(202).send(await beginHandOver(brandOf(context, brand), actor, id, request.body))
    },
  )
}

function ownerRoutes(app: App, context: RouteContext): void {
  app.get(
    '/customers/:id/owners',
    {
      schema: {
        summary: 'Who has a customer, and who has had them',
        description: 'The newest first; the first without `until` has them now.',
        tags,
        params: ofCustomer,
        response: { 200: ownershipList },
        problems: ['not-found'],
      },
    },
    async ({ params }) => ({ owners: await ownersOf(brandOf(context, params.brand), params.id) }),
  )

  app.put(
    '/customers/:id/owner',
    {
      schema: {
        summary: 'Give a customer to a member of staff, or to nobody',
        tags,
        params: ofCustomer,
        body: ownerSave,
        response: { 200: ownershipList },
        problems: ['not-found', 'unknown-customer', 'no-such-staff'],
      },
    },
    async (request) => {
      const { brand, id } = request.params
      const desk = brandOf(context, brand)
      return { owners: await setOwner(desk, actorOf(context, request), id, request.body.staff) }
    },
  )
}
