import { z } from 'zod'
import { auditEntry } from '../../../../shared/api/audit.ts'
import { customerScores } from '../../../../shared/api/customers.ts'
import { importAnswer } from '../../../../shared/api/imports.ts'
import { breakerTrip } from '../../../../shared/api/journeys.ts'
import { modelRun } from '../../../../shared/api/models.ts'
import { conditionSchema } from '../../../../shared/conditions/schema.ts'
import { contentSchema } from '../../../../shared/contents/content.ts'
import { parseJourney } from '../../../../shared/journey/file.ts'
import { contentMove } from '../../../../shared/models/content.ts'
import { fittedModels } from '../../../../shared/models/fitted.ts'
import { type LocalText, writtenText } from '../../../../shared/text.ts'
import { readAttributes, readProperties } from '../customers/stored.ts'
import { moveCursor, movePlan } from '../moves/moves.ts'
import { readColumn, type Stored } from '../stored-json.ts'

/** A column of JSON that a person can look at, mend, and perhaps do without. */
export interface Place {
  readonly what: LocalText
  readonly key: readonly string[]
  /** SQL for the name by which people know the row. */
  readonly name: string
  readonly read: (text: string) => Stored<unknown>
  /** What is left when it is dropped: no row, nothing, or an empty object; null: it stays. */
  readonly drop: 'row' | 'null' | '{}' | null
  /** What a mended text sets beside itself. */
  readonly also?: string
}

const object = z.record(z.string(), z.json())
const readAs = (schema: z.ZodType<unknown>) => (text: string) => readColumn(text, schema)

function readJourney(text: string): Stored<unknown> {
  const parsed = parseJourney(text)
  if (parsed.ok) return { readable: true, value: parsed.journey }
  const reason = parsed.problems[0]?.message ?? { 'zh-CN': '写法不对', en: 'it is not well formed' }
  return { readable: false, reason, text }
}

/** By table and column. */
export const places: Readonly<Record<string, Place>> = {
  'journeys.draft': {
    ...{
      what: { 'zh-CN': '旅程草稿', en: 'Draft of a journey' },
      key: ['id'],
      name: 'id',
      read: readJourney,
      drop: null,
    },
    also: ', revision = revision + 1',
  },
  'contents.content': {
    what: { 'zh-CN': '内容库里的内容', en: 'Content of the library' },
    key: ['key'],
    name: 'key',
    read: readAs(contentSchema),
    drop: 'row',
    also: ', revision = revision + 1',
  },
  'scores.scores': {
    ...{
      what: { 'zh-CN': '客户评分', en: 'Scores of a customer' },
      key: ['customer_id'],
      name: 'customer_id',
    },
    ...{ read: readAttributes, drop: 'row' },
  },
  'scores.reasons': {
    ...{
      what: { 'zh-CN': '评分的原因', en: 'Reasons of a score' },
      key: ['customer_id'],
      name: 'customer_id',
    },
    ...{ read: readAs(customerScores.shape.reasons), drop: 'row' },
  },
  'scores.contents': {
    ...{
      what: { 'zh-CN': '推动评分的内容', en: 'Content that moved a score' },
      key: ['customer_id'],
      name: 'customer_id',
    },
    ...{ read: readAs(z.array(contentMove)), drop: 'row' },
  },
  'model_runs.fitted': {
    ...{ what: { 'zh-CN': '拟合好的模型', en: 'Fitted models' }, key: ['id'], name: `'models'` },
    ...{ read: readAs(fittedModels), drop: 'row' },
  },
  'model_runs.report': {
    ...{ what: { 'zh-CN': '模型的检验', en: 'Report of the models' }, key: ['id'], name: `'models'` },
    ...{ read: readAs(modelRun), drop: 'row' },
  },
  'journeys.breaker': {
    ...{ what: { 'zh-CN': '旅程暂停原因', en: 'Why a journey paused itself' }, key: ['id'], name: 'id' },
    ...{ read: readAs(breakerTrip), drop: 'null' },
  },
  'versions.graph': {
    ...{ what: { 'zh-CN': '已发布的旅程', en: 'Published journey' }, key: ['journey_id', 'number'] },
    ...{ name: `journey_id || ' ' || number`, read: readJourney, drop: null },
  },
  'moves.plan': {
    ...{ what: { 'zh-CN': '换版本的安排', en: 'Plan of a move to a next version' }, key: ['id'] },
    ...{ name: `journey_id || ' ' || to_version`, read: readAs(movePlan), drop: 'row' },
  },
  'moves.cursor': {
    ...{ what: { 'zh-CN': '换版本的进度', en: 'How far a move to a next version is' }, key: ['id'] },
    ...{ name: `journey_id || ' ' || to_version`, read: readAs(moveCursor), drop: 'null' },
  },
  'triggers.anchor': {
    ...{
      what: { 'zh-CN': '定时触发所属的节日', en: 'The festival of a trigger' },
      key: ['journey_id', 'node'],
    },
    ...{ name: `journey_id || ' ' || node`, drop: 'null' },
    read: readAs(z.object({ festival: z.string(), date: z.iso.date() })),
  },
  'audiences.condition': {
    ...{
      what: { 'zh-CN': '人群条件', en: 'Condition of an audience' },
      key: ['key'],
      name: 'key',
      drop: null,
    },
    read: readAs(conditionSchema),
  },
  'audiences.name': {
    ...{ what: { 'zh-CN': '人群名称', en: 'Name of an audience' }, key: ['key'], name: 'key', drop: null },
    read: readAs(writtenText),
  },
  'customers.attributes': {
    ...{ what: { 'zh-CN': '客户的属性', en: 'Attributes of a customer' }, key: ['id'], name: 'id' },
    ...{ read: readAttributes, drop: '{}' },
  },
  'events.properties': {
    ...{ what: { 'zh-CN': '客户的行为或订单', en: 'Event or order of a customer' }, key: ['seq'] },
    ...{ name: `customer_id || ' ' || name || ' ' || id`, read: readProperties, drop: 'row' },
    // One that was set aside is taken by the engine now.
    also: ', pending = iif(pending = 2, 1, pending)',
  },
  'planned_events.properties': {
    ...{
      what: { 'zh-CN': '沙盒里将要发生的行为', en: 'Planned event of the sandbox' },
      key: ['id'],
      name: 'id',
    },
    ...{ read: readProperties, drop: 'row' },
  },
  'early_receipts.properties': {
    ...{ what: { 'zh-CN': '早到的回执', en: 'Receipt that came early' }, key: ['name', 'id'] },
    ...{ name: `name || ' ' || id`, read: readProperties, drop: 'row' },
  },
  'enrollments.entry': {
    ...{
      what: { 'zh-CN': '入组时的事实', en: 'Facts at an entry' },
      key: ['id'],
      name: `customer_id || ' ' || journey_id`,
    },
    ...{ read: readAs(object), drop: null },
  },
  'enrollments.data': {
    ...{
      what: { 'zh-CN': '入组的进度', en: 'State of a passage' },
      key: ['id'],
      name: `customer_id || ' ' || journey_id`,
    },
    ...{ read: readAs(object), drop: null },
  },
  'traces.reason': {
    ...{ what: { 'zh-CN': '一步的缘由', en: 'Reason of a step' }, key: ['enrollment_id', 'seq'] },
    ...{ name: `enrollment_id || ' ' || node`, read: readAs(object), drop: '{}' },
  },
  'coupons.name': {
    ...{ what: { 'zh-CN': '优惠券名称', en: 'Name of a coupon' }, key: ['code'], name: 'code' },
    ...{ read: readAs(writtenText), drop: null },
  },
  'imports.report': {
    ...{ what: { 'zh-CN': '导入报告', en: 'Report of an import' }, key: ['id'], name: 'id' },
    ...{ read: readAs(importAnswer), drop: 'row' },
  },
  'audit.detail': {
    ...{
      what: { 'zh-CN': '操作记录', en: 'Entry of the audit log' },
      key: ['seq'],
      name: `seq || ' ' || action`,
    },
    ...{ read: readAs(auditEntry.shape.detail), drop: null },
  },
}
