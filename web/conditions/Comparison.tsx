import { AutoComplete, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ValuesOf } from '../../shared/api/suggested.ts'
import { type Operand, type Operator, operators, type Scalar } from '../../shared/conditions/schema.ts'
import { type Declared, readYesNo, types } from '../../shared/conditions/types/index.ts'
import { DateInput } from '../ui/DateInput.tsx'
import fields from '../ui/fields/Field.module.css'
import { MoneyInput } from '../ui/fields/inputs.tsx'
import { counting } from './measures.ts'
import { type SuggestedOption, useSuggested } from './suggested.ts'
import { ChooseVariable, VariableValue } from './VariableValue.tsx'
import { dayText, operandFor, readScalar, shownValues, takesList, takesValue } from './value.ts'
import { asOperand, variableIn } from './variable.ts'

export interface ComparisonProps {
  op: Operator
  value: Operand | undefined
  onChange: (op: Operator, value: Operand | undefined) => void
  /** A few values that the data has, by which what is typed is read. */
  examples?: readonly Scalar[]
  /** Whose values are offered while typing; null: nobody's. */
  of?: ValuesOf | null
  /** The value is an amount of money in minor units. */
  money?: boolean
  /** The value is a count. */
  count?: boolean
  /** What the attribute is declared to hold; it says which comparisons and which input are offered. */
  declared?: Declared | null
  /** What a value is called, where it is a word of the product's own; such words alone are chosen. */
  words?: readonly { readonly value: string; readonly label: string }[] | null
  /** What is offered instead of the data's own values, and how it is known what is looked for. */
  offered?: readonly SuggestedOption[] | null
  onTyped?: (typed: string) => void
  placeholder?: string | undefined
}

/** How something is compared, and with what. */
export function Comparison({
  op,
  value,
  onChange,
  examples = [],
  of = null,
  money = false,
  count = false,
  declared = null,
  words = null,
  offered = null,
  onTyped,
  placeholder,
}: ComparisonProps) {
  const { t } = useTranslation('nodes')
  const known = declared === null ? operators : types[declared.type].operators
  const choices = count ? counting : known.some((one) => one === op) ? known : [op, ...known]
  return (
    <>
      <Select
        className={fields.choice ?? ''}
        popupMatchSelectWidth={false}
        value={op}
        aria-label={t('condition.operator')}
        options={choices.map((one) => ({ value: one, label: t(`ops.${one}`) }))}
        onChange={(next) => onChange(next, operandFor(next, value))}
      />
      {takesValue(op) ? (
        <ValueOrVariable
          op={op}
          value={value}
          examples={examples}
          of={of}
          money={money}
          count={count}
          declared={declared}
          words={words}
          offered={offered}
          onTyped={onTyped}
          placeholder={placeholder}
          onChange={(next) => onChange(op, next)}
        />
      ) : null}
    </>
  )
}

/** What is compared with: a value, or within a journey one of its variables, which stands for one value. */
function ValueOrVariable(props: ValueProps) {
  const { op, value, money, count, declared, onChange } = props
  const wanted = { number: money || count, declared }
  const name = variableIn(value)
  const choose = (next: string) => onChange(asOperand(next))
  if (name !== null) return <VariableValue name={name} wanted={wanted} onChoose={choose} onFix={onChange} />
  return (
    <>
      <Value {...props} />
      {takesList(op) ? null : <ChooseVariable wanted={wanted} onChoose={choose} />}
    </>
  )
}

interface ValueProps {
  op: Operator
  value: Operand | undefined
  examples: readonly Scalar[]
  of: ValuesOf | null
  money: boolean
  count: boolean
  declared: Declared | null
  words: NonNullable<ComparisonProps['words']> | null
  offered: readonly SuggestedOption[] | null
  onTyped: ((typed: string) => void) | undefined
  placeholder: string | undefined
  onChange: (value: Operand) => void
}

function Value(props: ValueProps) {
  const { op, value, examples, of, money, count, declared, words, offered, onChange } = props
  const { t } = useTranslation('nodes')
  const label = t('condition.value')
  const [typed, setTyped] = useState('')
  const [looking, setLooking] = useState(false)
  const search = (text: string) => {
    setTyped(text)
    props.onTyped?.(text)
  }
  const suggested = useSuggested(words === null ? of : null, typed, looking)
  const examined = [...new Set(examples.map(String))].map((text) => ({ value: text, label: text, note: '' }))
  const options =
    words?.map((word) => ({ ...word, note: '' })) ??
    offered ??
    (suggested.length > 0 || typed !== '' ? suggested : examined)
  const said = ({ data }: { data: { label: string; note: string } }) => (
    <span className={fields.head}>
      <span>{data.label}</span>
      <span className={fields.hint}>{data.note}</span>
    </span>
  )
  if (takesList(op))
    return (
      <Select
        mode="tags"
        className={fields.grow ?? ''}
        aria-label={label}
        placeholder={props.placeholder ?? t('condition.values')}
        tokenSeparators={[',', '，', '、']}
        value={shownValues(value)}
        options={[...options]}
        optionRender={said}
        popupMatchSelectWidth={240}
        showSearch={{
          onSearch: search,
          filterOption: (text, option) => `${option?.label ?? ''} ${option?.note ?? ''}`.includes(text),
        }}
        onFocus={() => setLooking(true)}
        onBlur={() => search('')}
        onChange={(texts) => onChange(texts.map((text) => readScalar(text, op, examples, declared)))}
      />
    )
  if (words !== null && (op === 'eq' || op === 'ne'))
    return (
      <Select
        className={fields.grow ?? ''}
        style={{ minWidth: 64 }}
        aria-label={label}
        placeholder={t('condition.value')}
        value={shownValues(value)[0] || null}
        options={[...words]}
        onChange={(text: string) => onChange(text)}
      />
    )
  if (money)
    return (
      <MoneyInput
        value={typeof value === 'number' ? value : undefined}
        aria-label={label}
        onChange={onChange}
      />
    )
  if (declared?.type === 'yes_no')
    return (
      <Select
        className={fields.choice ?? ''}
        aria-label={label}
        value={readYesNo(String(value)) ?? null}
        options={[
          { value: true, label: t('condition.yes') },
          { value: false, label: t('condition.no') },
        ]}
        onChange={(next) => onChange(next === true)}
      />
    )
  if (declared?.type === 'date' || declared?.type === 'time')
    return <DateInput value={dayText(value)} aria-label={label} onChange={onChange} />
  return (
    <AutoComplete
      className={fields.grow ?? ''}
      style={{ minWidth: 64 }}
      aria-label={label}
      placeholder={props.placeholder ?? t('condition.value')}
      value={shownValues(value)[0] ?? ''}
      options={[...options]}
      optionRender={said}
      popupMatchSelectWidth={240}
      showSearch={{
        onSearch: search,
        filterOption: (text, option) => (option?.label ?? '').toLowerCase().includes(text.toLowerCase()),
      }}
      onFocus={() => setLooking(true)}
      onChange={(text: string) => onChange(readScalar(text, count ? 'gte' : op, examples, declared))}
    />
  )
}
