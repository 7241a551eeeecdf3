import { Checkbox, Select } from 'antd'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { declaredOf } from '../../shared/conditions/customer.ts'
import { isMoney } from '../../shared/conditions/lines.ts'
import {
  type Condition,
  conditionSchema,
  type EventFilter,
  filtersIn,
  type Leaf,
  leavesOf,
  measures,
} from '../../shared/conditions/schema.ts'
import { type Declared, types } from '../../shared/conditions/types/index.ts'
import fields from '../ui/fields/Field.module.css'
import { Row, Word } from '../ui/fields/Field.tsx'
import { useFormat } from '../ui/useFormat.ts'
import { useDeclared } from './attributes.ts'
import { Comparison } from './Comparison.tsx'
import { ContactLeaf } from './ContactLeaf.tsx'
import { useConditionServices } from './context.ts'
import { EventTests } from './EventTests.tsx'
import type { LeafKind } from './edit.ts'
import { DaysFrom } from './festival.tsx'
import type { LeafProps } from './leaf.ts'
import { measuredBy, measuring } from './measures.ts'
import { NameSelect } from './NameSelect.tsx'
import {
  daysAgo,
  useAttributeNames,
  useEventNames,
  useExamples,
  usePropertyNames,
  useWords,
} from './names.ts'
import { PicksLeaf } from './PicksLeaf.tsx'
import { RepeatSelect } from './RepeatSelect.tsx'
import { SequenceLeaf } from './SequenceLeaf.tsx'
import { withOperator, withProperty } from './value.ts'
import { WindowEditor } from './WindowEditor.tsx'

type Of<K extends LeafKind> = Extract<Leaf, { kind: K }>

/** The test of another attribute: what its type cannot be compared by gives way to equality. */
function renamed(value: Of<'attribute'>, name: string, declared: Declared | null): Of<'attribute'> {
  const fits = declared === null || types[declared.type].operators.some((op) => op === value.op)
  return fits ? { ...value, name } : { kind: 'attribute', name, op: 'eq', value: '' }
}

function AttributeLeaf({ value, onChange }: LeafProps<Of<'attribute'>>) {
  const { t } = useTranslation('nodes')
  const names = useAttributeNames()
  const examples = useExamples(value.name)
  const declared = useDeclared(value.name)
  const words = useWords(value.name)
  const services = useConditionServices()
  return (
    <Row>
      <NameSelect
        value={value.name}
        options={names}
        aria-label={t('condition.attribute')}
        onChange={(name) =>
          onChange(renamed(value, name, declaredOf(services.attributes ?? undefined, name)))
        }
      />
      <Comparison
        op={value.op}
        value={value.value}
        examples={examples}
        of={{ field: 'attribute', name: value.name }}
        declared={declared}
        words={words}
        onChange={(op, operand) =>
          onChange(operand === undefined ? withOperator(value, op) : { ...value, op, value: operand })
        }
      />
    </Row>
  )
}

function TagLeaf({ value, onChange }: LeafProps<Of<'tag'>>) {
  const { t } = useTranslation('nodes')
  const { vocabulary } = useConditionServices()
  return (
    <Row>
      <Select
        className={fields.choice ?? ''}
        popupMatchSelectWidth={false}
        value={value.has}
        aria-label={t('condition.has')}
        options={[
          { value: true, label: t('condition.hasTag') },
          { value: false, label: t('condition.lacksTag') },
        ]}
        onChange={(has) => onChange({ ...value, has })}
      />
      <NameSelect
        value={value.tag}
        options={(vocabulary?.tags ?? []).map((name) => ({ name, label: name }))}
        placeholder={t('condition.chooseTag')}
        aria-label={t('condition.tag')}
        onChange={(tag) => onChange({ ...value, tag })}
      />
    </Row>
  )
}

function AudienceLeaf({ value, onChange }: LeafProps<Of<'audience'>>) {
  const { t } = useTranslation('nodes')
  const { audiences } = useConditionServices()
  const format = useFormat()
  return (
    <Row>
      <Select
        className={fields.choice ?? ''}
        popupMatchSelectWidth={false}
        value={value.member}
        aria-label={t('condition.member')}
        options={[
          { value: true, label: t('condition.inAudience') },
          { value: false, label: t('condition.outAudience') },
        ]}
        onChange={(member) => onChange({ ...value, member })}
      />
      <NameSelect
        value={value.audience}
        options={audiences.map(({ key, name }) => ({ name: key, label: format.text(name), note: key }))}
        placeholder={t('condition.chooseAudience')}
        aria-label={t('condition.audience')}
        onChange={(audience) => onChange({ ...value, audience })}
      />
    </Row>
  )
}

function AnniversaryLeaf({ value, onChange }: LeafProps<Of<'anniversary'>>) {
  const { t } = useTranslation('nodes')
  const names = useAttributeNames()
  return (
    <Row>
      <Word>{t('condition.todayIs')}</Word>
      <NameSelect
        value={value.name}
        options={names}
        aria-label={t('condition.dateAttribute')}
        onChange={(name) => onChange({ ...value, name })}
      />
      <DaysFrom
        value={value.days === 0 ? 0 : -value.days}
        max={366}
        onChange={(days) => onChange({ ...value, days: days === 0 ? 0 : -days })}
      />
      <RepeatSelect value={value.repeat ?? 'yearly'} onChange={(repeat) => onChange({ ...value, repeat })} />
      {value.days === 0 ? null : (
        <Checkbox
          checked={value.within === true}
          onChange={({ target }) => onChange({ ...value, within: target.checked })}
        >
          {t('condition.within')}
        </Checkbox>
      )}
    </Row>
  )
}

function EventsLeaf({ value, onChange }: LeafProps<Of<'events'>>) {
  const { t } = useTranslation('nodes')
  const events = useEventNames(true)
  const properties = usePropertyNames(value.event)
  const property = value.property ?? 'amount'
  const { measure: now } = value
  const { counts, picks } = measuring[now]
  return (
    <>
      <Row>
        <NameSelect
          value={value.event}
          options={events}
          placeholder={t('condition.chooseEvent')}
          aria-label={t('condition.event')}
          onChange={(event) => onChange({ ...value, event, where: [] })}
        />
        <Select
          className={fields.choice ?? ''}
          popupMatchSelectWidth={false}
          value={now}
          aria-label={t('condition.measure')}
          options={measures.map((one) => ({ value: one, label: t(`measures.${one}`) }))}
          onChange={(next) =>
            onChange(
              measuredBy(
                value,
                next,
                properties.map(({ name }) => name),
              ),
            )
          }
        />
      </Row>
      <Row>
        {now === 'count' ? null : (
          <NameSelect
            value={property}
            options={picks ? [...properties, daysAgo] : properties}
            aria-label={t('condition.property')}
            onChange={(next) => onChange({ ...value, property: next })}
          />
        )}
        <Comparison
          op={value.op}
          value={value.value}
          of={picks ? { field: 'property', event: value.event, name: property } : null}
          count={!picks || property === 'days_ago'}
          money={!counts && isMoney(property, value.event)}
          onChange={(op, operand) =>
            onChange(operand === undefined ? withOperator(value, op) : { ...value, op, value: operand })
          }
        />
      </Row>
      <EventTests
        event={value.event}
        where={value.where}
        onChange={(where) => onChange({ ...value, where })}
      />
      <WindowEditor value={value.window} onChange={(window) => onChange({ ...value, window })} />
    </>
  )
}

function HistoryLeaf({ value, onChange }: LeafProps<Of<'history'>>) {
  const { t } = useTranslation('nodes')
  const { nodes } = useConditionServices()
  const format = useFormat()
  const { port, ...bare } = value
  const ports = nodes.find(({ id }) => id === value.node)?.ports ?? []
  return (
    <>
      <Row>
        <Word>{t('condition.walked')}</Word>
        <NameSelect
          value={value.node}
          options={nodes.map(({ id, name }) => ({ name: id, label: format.text(name), note: id }))}
          placeholder={t('condition.chooseNode')}
          aria-label={t('condition.node')}
          onChange={(node) => onChange({ ...bare, node })}
        />
        <Select
          className={fields.choice ?? ''}
          popupMatchSelectWidth={false}
          value={port ?? ''}
          aria-label={t('condition.port')}
          options={[
            { value: '', label: t('condition.anyPort') },
            ...ports.map(({ id, name }) => ({ value: id, label: format.text(name) })),
          ]}
          onChange={(next) => onChange(next === '' ? bare : { ...bare, port: next })}
        />
      </Row>
      <Row>
        <Comparison
          op={value.op}
          value={value.value}
          count
          onChange={(op, operand) =>
            onChange(operand === undefined ? withOperator(value, op) : { ...value, op, value: operand })
          }
        />
        <Word>{t('condition.timesWord')}</Word>
      </Row>
    </>
  )
}

function EntryLeaf({ value, onChange }: LeafProps<Of<'entry'>>) {
  const { t } = useTranslation('nodes')
  const { vocabulary } = useConditionServices()
  const properties = [...new Set(['amount', ...(vocabulary?.events ?? []).flatMap((one) => one.properties)])]
  return (
    <Row>
      <Word>{t('condition.onEntry')}</Word>
      <NameSelect
        value={value.property}
        options={properties.map((name) => ({ name }))}
        aria-label={t('condition.property')}
        onChange={(property) => onChange(withProperty(value, property, null))}
      />
      <Comparison
        op={value.op}
        value={value.value}
        money={value.property === 'amount'}
        onChange={(op, operand) =>
          onChange(operand === undefined ? withOperator(value, op) : { ...value, op, value: operand })
        }
      />
    </Row>
  )
}

/** A leaf's editor with its kind forgotten; it is only ever given leaves of that kind. */
type AnyLeafEditor = ComponentType<LeafProps<Leaf>>

function erased<L extends Leaf>(editor: ComponentType<LeafProps<L>>): AnyLeafEditor {
  return editor as unknown as AnyLeafEditor
}

/** One editor for each kind of test. */
export const leafEditors: { readonly [K in LeafKind]: AnyLeafEditor } = {
  attribute: erased(AttributeLeaf),
  tag: erased(TagLeaf),
  contact: erased(ContactLeaf),
  audience: erased(AudienceLeaf),
  anniversary: erased(AnniversaryLeaf),
  events: erased(EventsLeaf),
  sequence: erased(SequenceLeaf),
  history: erased(HistoryLeaf),
  entry: erased(EntryLeaf),
  picks: erased(PicksLeaf),
}

type Kinds = { readonly [Kind in Condition['kind']]: Extract<Condition, { readonly kind: Kind }> }

const lacksWords = ({ event, where }: EventFilter): boolean =>
  event === '' || where.some(({ value }) => value === '')

const lacksValue = (value: unknown): boolean => value === '' || (Array.isArray(value) && value.length === 0)

/** What of each kind of condition the marketer must write, and has not yet. */
const blank: { readonly [Kind in keyof Kinds]: (condition: Kinds[Kind]) => boolean } = {
  all: () => false,
  any: () => false,
  not: () => false,
  events: lacksWords,
  sequence: (test) => filtersIn(test).some(lacksWords),
  anniversary: () => false,
  contact: () => false,
  attribute: ({ value }) => lacksValue(value),
  entry: ({ value }) => value === '',
  tag: ({ tag }) => tag === '',
  audience: ({ audience }) => audience === '',
  history: ({ node }) => node === '',
  picks: ({ where = [] }) => where.some(({ value }) => lacksValue(value)),
}

function isBlank<Kind extends keyof Kinds>(kind: Kind, condition: Kinds[Kind]): boolean {
  return blank[kind](condition)
}

/** Whether a test still lacks the marketer's word. */
export const isUnfinished = (condition: Condition): boolean => isBlank(condition.kind, condition)

/** Whether every test of a condition has been filled in. */
export function isComplete(condition: Condition): boolean {
  return !leavesOf(condition).some(isUnfinished) && conditionSchema.safeParse(condition).success
}
