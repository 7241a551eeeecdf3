import { Input, Segmented, Switch } from 'antd'
import { UsersRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { addDays, localDate, sayCron, sayDate } from '../../shared/calendar/index.ts'
import { audienceAt as type } from '../../shared/nodes/audience-at.ts'
import { useEditor, useJourney } from '../conditions/editor.ts'
import { DaysFrom, FestivalSelect } from '../conditions/festival.tsx'
import { ConditionEditor } from '../conditions/index.ts'
import { useAudienceCount } from '../conditions/useAudienceCount.ts'
import { useLocale } from '../locales/useLocale.ts'
import { DateInput } from '../ui/DateInput.tsx'
import { Field, Row, Section } from '../ui/fields/Field.tsx'
import { AtTime } from '../ui/fields/inputs.tsx'
import { useFormat } from '../ui/useFormat.ts'
import { type ConfigOf, defineCard, type FormProps } from './card.ts'

type Config = ConfigOf<'audience_at'>
type At = Config['at']
type Moving = Extract<At, { kind: 'join' | 'leave' }>
type Timed = Exclude<At, Moving>

const isTimed = (at: At): at is Timed => at.kind !== 'join' && at.kind !== 'leave'

/** When it fires next, in words; null where it does not. */
function useNextFiring(config: Config): string | null {
  const { now, brand } = useEditor()
  const { locale } = useLocale()
  const zone = useJourney(({ settings }) => settings.zone) ?? brand.zone
  const parsed = type.config.safeParse(config)
  const entrance = parsed.success ? type.entrance?.(parsed.data) : undefined
  const next = entrance?.kind === 'schedule' ? entrance.next(now, zone) : null
  return next === null ? null : sayDate(next.at, zone, locale, now)
}

function AudienceAtForm({ config, change }: FormProps<Config>) {
  const { t } = useTranslation('nodes')
  const { now, brand } = useEditor()
  const next = useNextFiring(config)
  const { at } = config
  const setAt = (value: At, field = 'at') => change({ ...config, at: value }, field)
  const choose = (kind: At['kind']) => {
    const time = isTimed(at) && at.kind !== 'cron' ? at.time : '10:00'
    const starts: { [K in At['kind']]: At } = {
      festival: { kind: 'festival', festival: 'qixi', days: -14, time },
      date: { kind: 'date', date: addDays(localDate(now, brand.zone), 1), time },
      cron: { kind: 'cron', cron: '0 10 * * *' },
      join: { kind: 'join', present: false },
      leave: { kind: 'leave' },
    }
    setAt(starts[kind])
  }
  const way = isTimed(at) ? 'festival' : at.kind
  return (
    <>
      <Section title={t('audienceAt.when')}>
        <Segmented
          block
          value={way}
          aria-label={t('audienceAt.how')}
          options={(['festival', 'join', 'leave'] as const).map((kind) => ({
            value: kind,
            label: t(`audienceAt.ways.${kind}`),
          }))}
          onChange={choose}
        />
        {isTimed(at) ? (
          <>
            <Segmented
              block
              value={at.kind}
              aria-label={t('audienceAt.when')}
              options={(['festival', 'date', 'cron'] as const).map((kind) => ({
                value: kind,
                label: t(`audienceAt.kinds.${kind}`),
              }))}
              onChange={choose}
            />
            <AtFields at={at} onChange={setAt} />
            <p role="status">
              {next === null ? t('audienceAt.never') : t('audienceAt.next', { when: next })}
            </p>
          </>
        ) : (
          <MovingFields at={at} audience={config.audience} onChange={setAt} />
        )}
      </Section>
      <Section title={t('audienceAt.who')}>
        <Field path="audience">
          <ConditionEditor
            value={config.audience}
            onChange={(audience) => change({ ...config, audience }, 'audience')}
          />
        </Field>
      </Section>
    </>
  )
}

/** Who joins comes in from publishing on; those who are of it already only where that is ticked, their number beside it. */
function MovingFields({
  at,
  audience,
  onChange,
}: {
  at: Moving
  audience: Config['audience']
  onChange: (at: At, field?: string) => void
}) {
  const { t } = useTranslation('nodes')
  const format = useFormat()
  const count = useAudienceCount(audience)
  if (at.kind === 'leave') return <p>{t('audienceAt.leaveHint')}</p>
  return (
    <Field
      label={t('audienceAt.present')}
      path="at.present"
      hint={
        count === null
          ? t('audienceAt.presentHint')
          : t('audienceAt.presentCount', { count, people: format.count(count) })
      }
      extra={
        <Switch
          size="small"
          checked={at.present}
          aria-label={t('audienceAt.present')}
          data-testid="audience-present"
          onChange={(present) => onChange({ ...at, present }, 'at.present')}
        />
      }
    >
      {null}
    </Field>
  )
}

function AtFields({ at, onChange }: { at: Timed; onChange: (at: At, field?: string) => void }) {
  const { t } = useTranslation('nodes')
  const { locale } = useLocale()
  if (at.kind === 'cron')
    return (
      <Field label={t('audienceAt.cron')} path="at.cron" hint={sayCron(at.cron, locale)}>
        {(id) => (
          <Input
            id={id}
            value={at.cron}
            placeholder="0 10 * * 1"
            onChange={(event) => onChange({ ...at, cron: event.target.value }, 'at.cron')}
          />
        )}
      </Field>
    )
  const time = (
    <>
      <AtTime value={at.time} onChange={(next) => onChange({ ...at, time: next })} />
    </>
  )
  if (at.kind === 'date')
    return (
      <Field path="at.date">
        <Row>
          <DateInput
            value={at.date}
            aria-label={t('fields.date')}
            onChange={(date) => onChange({ ...at, date }, 'at.date')}
          />
          {time}
        </Row>
      </Field>
    )
  return (
    <Field path="at.days">
      <Row>
        <FestivalSelect value={at.festival} onChange={(festival) => onChange({ ...at, festival })} />
        <DaysFrom value={at.days} onChange={(days) => onChange({ ...at, days }, 'at.days')} />
        {time}
      </Row>
    </Field>
  )
}

export const audienceAt = defineCard<Config>({
  icon: UsersRound,
  figures: (numbers) => [{ label: 'entered', value: numbers.in }],
  fields: { audience: (t) => t('audienceAt.who'), at: (t) => t('audienceAt.when') },
  form: AudienceAtForm,
})
