import { Segmented } from 'antd'
import { Braces } from 'lucide-react'
import { useCallback, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Journey } from '../../../shared/journey/graph.ts'
import { formatOf } from '../../../shared/message/formats.ts'
import { type Locale, locales, type WrittenText } from '../../../shared/text.ts'
import { useEditor, useJourney } from '../../conditions/editor.ts'
import { useConditionServices } from '../../conditions/index.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { FormMenu } from '../../ui/FormMenu.tsx'
import { Field } from '../../ui/fields/Field.tsx'
import { ChipEditor, type ChipEditorHandle } from './ChipEditor.tsx'
import { variableSource, withWritten } from './template.ts'
import { offeredVariables, sayVariable, type VariableGroup } from './variables.ts'

export interface MessageFieldProps {
  label: string
  path: string
  value: WrittenText
  onChange: (value: WrittenText, declare?: Journey['variables']) => void
  singleLine?: boolean
  /** Below the text: its length, its words. */
  foot?: (text: string) => React.ReactNode
}

const groups: readonly VariableGroup[] = [
  'customer',
  'coupon',
  'referral',
  'festival',
  'picks',
  'content',
  'other',
]

/** A message's text in both languages, with variables to put in. */
export function MessageField({ label, path, value, onChange, singleLine, foot }: MessageFieldProps) {
  const { t } = useTranslation(['nodes', 'common'])
  const { locale } = useLocale()
  const [shown, setShown] = useState<Locale>(value[locale] === undefined ? writtenIn(value, locale) : locale)
  const handle = useRef<ChipEditorHandle>(null)
  const journey = useJourney((whole) => whole)
  const names = useRef(journey)
  names.current = journey
  const { contents } = useEditor().brand
  const nameOf = useCallback(
    (variable: string) => sayVariable(variable, names.current, locale, contents),
    [locale, contents],
  )
  const text = value[shown] ?? ''
  const write = (next: string, declare?: Journey['variables']) =>
    onChange(withWritten(value, shown, next), declare)
  const declared = useRef<Journey['variables'] | undefined>(undefined)
  return (
    <Field
      label={label}
      path={`${path}.${shown}`}
      extra={
        <>
          <VariableMenu
            onPick={(variable, undeclared) => {
              declared.current = undeclared ? { [variable]: {} } : undefined
              handle.current?.insert(variableSource(variable, null, formatOf(variable)))
              declared.current = undefined
            }}
          />
          <Segmented
            size="small"
            value={shown}
            aria-label={t('nodes:send.language')}
            options={locales.map((one) => ({ value: one, label: t(`nodes:languages.${one}`) }))}
            onChange={setShown}
          />
        </>
      }
    >
      <ChipEditor
        key={shown}
        value={text}
        lang={shown}
        label={label}
        handle={handle}
        nameOf={nameOf}
        testId={`text-${path}`}
        {...(singleLine ? { singleLine } : {})}
        onChange={(next) => write(next, declared.current)}
      />
      {foot?.(text)}
    </Field>
  )
}

/** The language that a text is written in, where it lacks the wanted one. */
function writtenIn(value: WrittenText, wanted: Locale): Locale {
  return locales.find((one) => value[one] !== undefined) ?? wanted
}

export function VariableMenu({ onPick }: { onPick: (path: string, undeclared: boolean) => void }) {
  const { t } = useTranslation('nodes')
  const { locale } = useLocale()
  const { vocabulary } = useConditionServices()
  const journey = useJourney((whole) => whole)
  const { brand } = useEditor()
  const { contents } = brand
  const offered = offeredVariables(journey, vocabulary, brand)
  const items = groups.flatMap((group) => {
    const members = offered.filter((variable) => variable.group === group)
    if (members.length === 0) return []
    return [
      {
        type: 'group' as const,
        key: group,
        label: t(`variableGroups.${group}`),
        children: members.map(({ path, undeclared }) => ({
          key: path,
          label: sayVariable(path, journey, locale, contents),
          onClick: () => onPick(path, undeclared),
        })),
      },
    ]
  })
  return (
    <FormMenu
      items={items}
      most={360}
      placement="bottomRight"
      type="text"
      size="small"
      icon={<Braces size={13} />}
      data-testid="insert-variable"
    >
      {t('send.insert')}
    </FormMenu>
  )
}
