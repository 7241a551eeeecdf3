import sse from '@fastify/sse'
import Fastify, { type FastifyBaseLogger, LogController } from 'fastify'
import { serializerCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import { limits } from '../shared/limits.ts'
import { lookUpDkim, makeDkimKey, publicHalf } from './channels/dkim.ts'
import { readMailReports } from './channels/mail-reports.ts'
import { checkSigned, readReceipts } from './channels/receipts.ts'
import { readSendgrid } from './channels/sendgrid.ts'
import { readSmsReports, reportAnswers } from './channels/sms/reports.ts'
import { checkVisit, readWechat } from './channels/wechat/callback.ts'
import { readCallback, readEcho } from './channels/wecom/callback.ts'
import { machineClock } from './clock/machine.ts'
import { apiDocs } from './http/api-docs.ts'
import type { App, AppDeps } from './http/app.ts'
import { createDrain, guardDrain } from './http/drain.ts'
import { guardHost, guardOrigin } from './http/guard.ts'
import { idempotentCalls } from './http/idempotency.ts'
import { jsonBodies } from './http/json-body.ts'
import { guardKeys, keyedRequests } from './http/keys.ts'
import { guardMethods, watchMethods } from './http/methods.ts'
import { metrics } from './http/metrics.ts'
import { openRequests } from './http/open-requests.ts'
import { pages } from './http/pages.ts'
import { problems, refuseConnection, sendProblem } from './http/problem.ts'
import { streamBodies } from './http/records.ts'
import { beginSessions, guardSession, sessions } from './http/session.ts'
import { headers, rates } from './http/shield.ts'
import { guardStaff, staffRequests } from './http/staff.ts'
import { guardBodies } from './http/stalled.ts'
import { uploads } from './http/upload.ts'
import { validatorCompiler } from './http/validation.ts'
import { createSigns } from './ports/signs.ts'
import { addressRoutes } from './routes/addresses.ts'
import { assetFileRoutes } from './routes/asset-files.ts'
import { assetRoutes } from './routes/assets.ts'
import { attributeRoutes } from './routes/attributes.ts'
import { audienceRoutes } from './routes/audiences.ts'
import { auditRoutes } from './routes/audit.ts'
import { brandsRoutes } from './routes/brands.ts'
import { clockRoutes } from './routes/clock.ts'
import { collectRoutes } from './routes/collect.ts'
import { contentRoutes } from './routes/contents.ts'
import type { RouteContext } from './routes/context.ts'
import { couponRecordRoutes, couponRoutes } from './routes/coupons.ts'
import { customerFileRoutes } from './routes/customer-file.ts'
import { customerRecordRoutes } from './routes/customer-records.ts'
import { customerRoutes } from './routes/customers.ts'
import { deliveryRoutes } from './routes/delivery.ts'
import { dkimRoutes } from './routes/dkim.ts'
import { erasureRoutes } from './routes/erasures.ts'
import { eventRoutes } from './routes/events.ts'
import { fileRoutes } from './routes/files.ts'
import { followFormerIds } from './routes/former-ids.ts'
import { healthRoutes, signRoutes } from './routes/health.ts'
import { hookRoutes } from './routes/hooks.ts'
import { identifierRoutes } from './routes/identifiers.ts'
import { importRoutes } from './routes/imports.ts'
import { invitationRoutes } from './routes/invitations.ts'
import { draftRoutes } from './routes/journeys/drafts.ts'
import { figureRoutes } from './routes/journeys/figures.ts'
import { lifeRoutes } from './routes/journeys/life.ts'
import { peopleRoutes } from './routes/journeys/people.ts'
import { valueRoutes } from './routes/journeys/values.ts'
import { versionRoutes } from './routes/journeys/versions.ts'
import { whyRoutes } from './routes/journeys/why.ts'
import { keyRoutes } from './routes/keys.ts'
import { linkRoutes } from './routes/links.ts'
import { mailRoutes } from './routes/mails.ts'
import { mergeRoutes } from './routes/merges.ts'
import { messageRoutes } from './routes/messages.ts'
import { modelRoutes } from './routes/models.ts'
import { openRoutes } from './routes/opens.ts'
import { orderRoutes } from './routes/orders.ts'
import { pickRoutes } from './routes/picks.ts'
import { pointRecordRoutes, pointRoutes } from './routes/points.ts'
import { previewRoutes } from './routes/preview.ts'
import { productRoutes } from './routes/products.ts'
import { qualityRoutes } from './routes/quality.ts'
import { referralRoutes } from './routes/referrals.ts'
import { rehearsalRoutes } from './routes/rehearsals.ts'
import { sessionRoutes } from './routes/sessions.ts'
import { settingsRoutes } from './routes/settings.ts'
import { smsRoutes } from './routes/sms.ts'
import { staffRoutes } from './routes/staff.ts'
import { systemRoutes } from './routes/system.ts'
import { taskRoutes } from './routes/tasks.ts'
import { templateRoutes } from './routes/templates.ts'
import { trackingRoutes } from './routes/tracking.ts'
import { unreadableRoutes } from './routes/unreadable.ts'
import { unsubscribeRoutes } from './routes/unsubscribe.ts'
import { upkeepRoutes } from './routes/upkeep.ts'
import { webhookRoutes } from './routes/webhooks.ts'
import { wechatRoutes } from './routes/wechat.ts'
import { wechatHookRoutes } from './routes/wechat-hooks.ts'
import { wecomRoutes } from './routes/wecom.ts'
import { wecomHookRoutes } from './routes/wecom-hooks.ts'
import { wecomTagRoutes } from './routes/wecom-tags.ts'
import { wecomWayRoutes } from './routes/wecom-ways.ts'
import { workRoutes } from './routes/work.ts'

export type { AppDeps } from './http/app.ts'

/** Resources of one brand, each under /api/v1/brands/:brand. */
const brandRoutes = [
  clockRoutes,
  draftRoutes,
  lifeRoutes,
  valueRoutes,
  figureRoutes,
  versionRoutes,
  peopleRoutes,
  whyRoutes,
  templateRoutes,
  previewRoutes,
  mailRoutes,
  rehearsalRoutes,
  addressRoutes,
  taskRoutes,
  staffRoutes,
  erasureRoutes,
  audienceRoutes,
  unreadableRoutes,
  customerRoutes,
  identifierRoutes,
  mergeRoutes,
  customerFileRoutes,
  fileRoutes,
  attributeRoutes,
  modelRoutes,
  pickRoutes,
  contentRoutes,
  assetRoutes,
  couponRoutes,
  pointRoutes,
  referralRoutes,
  messageRoutes,
  deliveryRoutes,
  importRoutes,
  settingsRoutes,
  dkimRoutes,
  smsRoutes,
  keyRoutes,
  trackingRoutes,
  webhookRoutes,
  wechatRoutes,
  wecomRoutes,
  wecomWayRoutes,
  wecomTagRoutes,
  qualityRoutes,
  auditRoutes,
  workRoutes,
] as const

/** Resources of one brand that take rows: one, a list, or a stream of any length. */
const recordRoutes = [
  customerRecordRoutes,
  eventRoutes,
  orderRoutes,
  productRoutes,
  couponRecordRoutes,
  pointRecordRoutes,
] as const

/** Everything that asks for a session and refuses other sites. */
async function api(app: App, context: RouteContext): Promise<void> {
  guardOrigin(app, context.publicUrl ?? null)
  guardKeys(app, context, context.clock)
  if (context.password !== null) guardSession(app, context.sessions, context.clock)
  if (context.password !== null) guardStaff(app, context, context.sessions)
  systemRoutes(app, context)
  sessionRoutes(app, context)
  signRoutes(app, context)
  if (context.house !== undefined) {
    brandsRoutes(app, context, context.house)
    upkeepRoutes(app, context, context.house)
  }
  await app.register(
    async (brand: App) => {
      openRequests(brand, context)
      followFormerIds(brand, context)
      idempotentCalls(brand, context, context.clock.now)
      for (const routes of brandRoutes) routes(brand, context)
      await brand.register(async (scope: App) => {
        streamBodies(scope)
        for (const routes of recordRoutes) routes(scope, context)
      })
    },
    { prefix: '/brands/:brand' },
  )
}

/** Nobody is believed when he says for whom he asks, unless it is stated: the last so many, or these addresses. */
function trusted(stated: AppDeps['trustProxy']) {
  if (stated === undefined) return false
  return typeof stated === 'number' ? (_address: string, hop: number) => hop < stated : [...stated]
}

/** The application over brands that are open already. It does not listen, and closes no brand. */
export async function buildApp(deps: AppDeps): Promise<App> {
  const loggerInstance: FastifyBaseLogger | undefined = deps.log === false ? undefined : deps.log
  const app = Fastify({
    ...(loggerInstance !== undefined && { loggerInstance }),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: limits.bodySize.value,
    trustProxy: trusted(deps.trustProxy),
    // Longer than any id may be, so that the route says so.
    routerOptions: { maxParamLength: 20_000 },
    http: { headersTimeout: limits.headersTime.value * 1000, connectionsCheckingInterval: 5_000 },
    // How long a body may take, its route says: see guardBodies.
    requestTimeout: 0,
    forceCloseConnections: true,
    // A machine that has much else to do comes up late, but it comes up: whoever starts the server sees to that.
    pluginTimeout: 0,
    clientErrorHandler: refuseConnection,
    frameworkErrors: (error, request, reply) => void sendProblem(error, request, reply),
  }).withTypeProvider<ZodTypeProvider>()
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)

  const { clock = machineClock } = deps
  const streams = new Set<() => void>()
  const drain = deps.drain ?? createDrain()
  drain.onBegin(() => {
    for (const end of streams) end()
  })
  const context: RouteContext = {
    ...deps,
    drain,
    streams,
    clock,
    signs: deps.signs ?? createSigns(clock.now),
    channelKit: {
      readReceipts,
      checkSigned,
      readMailReports,
      readSendgrid,
      readEcho,
      readCallback,
      checkWechat: checkVisit,
      readWechat,
      readSmsReports,
      smsReportAnswers: reportAnswers,
      dkim: { makeKey: makeDkimKey, publicHalf, lookUp: lookUpDkim },
    },
  }
  problems(app)
  keyedRequests(app)
  staffRequests(app)
  const allowed = watchMethods(app)
  guardMethods(app, allowed)
  guardDrain(app, drain)
  guardBodies(app, clock.elapsed, deps.patience)
  jsonBodies(app)
  if (deps.loopback) guardHost(app, deps.hosts)
  await headers(app)
  await rates(app, clock.elapsed)
  await beginSessions(deps.sessions, deps.password, clock.now())
  if (deps.password !== null) await sessions(app, deps.sessions, deps.password, clock.now)
  await app.register(sse, { heartbeatInterval: 15_000 })
  await uploads(app)
  await apiDocs(app)
  const figures = metrics(app, deps.brands, clock.elapsed)
  healthRoutes(app, context, figures)
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger())
  await app.register(async (scope: App) => hookRoutes(scope, context))
  await app.register(async (scope: App) => wecomHookRoutes(scope, context))
  await app.register(async (scope: App) => wechatHookRoutes(scope, context))
  await app.register(async (scope: App) => collectRoutes(scope, context))
  await app.register(async (scope: App) => unsubscribeRoutes(scope, context))
  await app.register(async (scope: App) => assetFileRoutes(scope, context))
  await app.register(async (scope: App) => linkRoutes(scope, context))
  await app.register(async (scope: App) => invitationRoutes(scope, context))
  await app.register(async (scope: App) => openRoutes(scope, context))
  await app.register(async (scope: App) => api(scope, context), { prefix: '/api/v1' })
  await pages(app, deps.webRoot, allowed)
  await app.ready()
  return app
}
