import { Button, Select } from 'antd'
import { Unlink, Variable } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { JourneyValue } from '../../shared/journey/values.ts'
import { useLocale } from '../locales/useLocale.ts'
import { FormMenu } from '../ui/FormMenu.tsx'
import fields from '../ui/fields/Field.module.css'
import { useFormat } from '../ui/useFormat.ts'
import { type OwnVariable, useConditionServices } from './context.ts'
import { fittingVariables, sayOwn, type Wanted } from './variable.ts'

/** How a variable's value is read beside its name. */
function useSaid(): (value: JourneyValue) => string {
  const { t } = useTranslation('nodes')
  const format = useFormat()
  return (value) => {
    if (typeof value === 'boolean') return t(value ? 'condition.yes' : 'condition.no')
    return typeof value === 'number' ? format.count(value) : value
  }
}

interface VariableValueProps {
  name: string
  wanted: Wanted
  onChoose: (name: string) => void
  /** A fixed value again. */
  onFix: (value: JourneyValue) => void
}

/** A variable of the journey in place of a value. */
export function VariableValue({ name, wanted, onChoose, onFix }: VariableValueProps) {
  const { t } = useTranslation('nodes')
  const { locale } = useLocale()
  const { variables } = useConditionServices()
  const said = useSaid()
  const known = variables.find((one) => one.name === name)
  const offered = fittingVariables(variables, wanted)
  const options = offered.map((one) => ({
    value: one.name,
    label: sayOwn(one, locale),
    note: said(one.value),
  }))
  return (
    <>
      <Select
        className={fields.grow ?? ''}
        style={{ minWidth: 120 }}
        popupMatchSelectWidth={false}
        aria-label={t('condition.variable')}
        data-testid="condition-variable"
        status={known === undefined ? 'error' : ''}
        value={name}
        options={options}
        labelRender={({ label }) => label ?? t('condition.variableGone', { name })}
        optionRender={({ data }) => (
          <span className={fields.head}>
            <span>{data.label}</span>
            <span className={fields.hint}>{data.note}</span>
          </span>
        )}
        onChange={onChoose}
      />
      <Button
        type="text"
        size="small"
        icon={<Unlink size={14} />}
        aria-label={t('condition.fromValue')}
        title={t('condition.fromValue')}
        data-testid="condition-fixed"
        onClick={() => onFix(known?.value ?? '')}
      />
    </>
  )
}

/** Offers the variables that fit in place of a value; nothing where the journey has none. */
export function ChooseVariable({ wanted, onChoose }: Pick<VariableValueProps, 'wanted' | 'onChoose'>) {
  const { t } = useTranslation('nodes')
  const { locale } = useLocale()
  const { variables } = useConditionServices()
  const said = useSaid()
  const offered = fittingVariables(variables, wanted)
  if (offered.length === 0) return null
  const items = offered.map((one: OwnVariable) => ({
    key: one.name,
    label: (
      <span className={fields.head}>
        <span>{sayOwn(one, locale)}</span>
        <span className={fields.hint}>{said(one.value)}</span>
      </span>
    ),
    onClick: () => onChoose(one.name),
  }))
  return (
    <FormMenu
      items={items}
      type="text"
      size="small"
      icon={<Variable size={14} />}
      aria-label={t('condition.fromVariable')}
      title={t('condition.fromVariable')}
      data-testid="condition-from-variable"
    />
  )
}
