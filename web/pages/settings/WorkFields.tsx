import { Button, Form, Segmented, Select } from 'antd'
import { Plus, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { addDays, localDate } from '../../../shared/calendar/index.ts'
import { sayWeekday } from '../../../shared/calendar/say-window.ts'
import { isWorkday, usualWork, type WorkTime } from '../../../shared/calendar/work-time.ts'
import { limits } from '../../../shared/limits.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { DateInput } from '../../ui/DateInput.tsx'
import { Panel } from '../../ui/Page.tsx'
import { TimeInput } from '../../ui/TimeInput.tsx'
import { useClock } from '../useClock.ts'
import styles from './SettingsPage.module.css'

/** When the brand's people are at work: by it go tasks for staff. */
export function Work() {
  const { t } = useTranslation('settings')
  return (
    <Panel title={t('work.title')}>
      <Form.Item
        name="work"
        noStyle
        rules={[
          {
            validator: async (_rule, { from, to }: WorkTime) => {
              if (from >= to) throw new Error(t('work.order'))
            },
          },
        ]}
      >
        <WorkField />
      </Form.Item>
      <Form.Item noStyle shouldUpdate>
        {({ getFieldError }) =>
          getFieldError('work').map((error) => (
            <p key={error} className={styles.wrong} role="alert">
              {error}
            </p>
          ))
        }
      </Form.Item>
      <p className={styles.hint}>{t('work.hint')}</p>
    </Panel>
  )
}

interface FieldProps {
  readonly value?: WorkTime
  readonly onChange?: (value: WorkTime) => void
}

const week = [1, 2, 3, 4, 5, 6, 7]

function WorkField({ value = usualWork, onChange = () => undefined }: FieldProps) {
  const { t } = useTranslation('settings')
  const { locale } = useLocale()
  const set = (more: Partial<WorkTime>) => onChange({ ...value, ...more })
  return (
    <>
      <div className={styles.line}>
        <Select
          mode="multiple"
          style={{ flex: '0 1 400px', minWidth: 200 }}
          value={[...value.days]}
          aria-label={t('work.days')}
          options={week.map((day) => ({ value: day, label: sayWeekday(day, locale) }))}
          onChange={(days: number[]) => {
            if (days.length > 0) set({ days: days.sort((one, other) => one - other) })
          }}
          data-testid="work-days"
        />
        <TimeInput value={value.from} aria-label={t('work.from')} onChange={(from) => set({ from })} />
        {t('brand.quietTo')}
        <TimeInput value={value.to} aria-label={t('work.to')} onChange={(to) => set({ to })} />
      </div>
      <Exceptions value={value} onChange={set} />
    </>
  )
}

/** Holidays, and the days that are worked in their place, in the order of the calendar. */
function Exceptions({ value, onChange }: { value: WorkTime; onChange: (more: Partial<WorkTime>) => void }) {
  const { t } = useTranslation('settings')
  const now = useClock().data?.now ?? null
  const { zone } = Form.useWatch<{ zone?: string }>([]) ?? {}
  const { exceptions } = value
  const set = (next: WorkTime['exceptions']) =>
    onChange({ exceptions: [...next].sort((one, other) => (one.day < other.day ? -1 : 1)) })
  const add = () => {
    const last = exceptions.at(-1)?.day
    // The day after the last, as holidays have several; else the next one from today.
    let day = addDays(last ?? localDate(now ?? 0, zone ?? 'UTC'), 1)
    while (exceptions.some((one) => one.day === day)) day = addDays(day, 1)
    set([...exceptions, { day, works: !isWorkday(day, { ...value, exceptions: [] }) }])
  }
  return (
    <>
      {exceptions.map((one) => (
        <div key={one.day} className={styles.line} data-testid="work-exception">
          <DateInput
            value={one.day}
            aria-label={t('work.day')}
            onChange={(day) => {
              if (day !== '' && !exceptions.some((other) => other.day === day))
                set(exceptions.map((other) => (other === one ? { ...one, day } : other)))
            }}
          />
          <Segmented
            value={one.works ? 'on' : 'off'}
            options={(['off', 'on'] as const).map((way) => ({ value: way, label: t(`work.${way}`) }))}
            onChange={(way) =>
              set(exceptions.map((other) => (other === one ? { ...one, works: way === 'on' } : other)))
            }
          />
          <Button
            type="text"
            danger
            icon={<Trash2 size={14} />}
            aria-label={t('work.remove', { day: one.day })}
            onClick={() => set(exceptions.filter((other) => other !== one))}
          />
        </div>
      ))}
      <Button
        icon={<Plus size={14} />}
        disabled={now === null || exceptions.length >= limits.workExceptions.value}
        onClick={add}
        data-testid="work-add"
      >
        {t('work.add')}
      </Button>
    </>
  )
}
