import { Button, InputNumber, Segmented } from 'antd'
import { ArrowDown, ArrowUp, ChevronRight, Plus, Trash2 } from 'lucide-react'
import { useContext, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { channels } from '../../../shared/channels/index.ts'
import { linksOf } from '../../../shared/nodes/send/chain.ts'
import { type Fallback, mostFallbacks, usualWithin } from '../../../shared/nodes/send/config.ts'
import { say } from '../../../shared/text.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { FormMenu } from '../../ui/FormMenu.tsx'
import { About, Field, Section } from '../../ui/fields/Field.tsx'
import { FieldPlaceContext, FieldProblemsContext } from '../../ui/fields/problems.ts'
import { useFormat } from '../../ui/useFormat.ts'
import type { ConfigOf, FormProps } from '../card.ts'
import styles from './fallbacks.module.css'
import { freshFallback, saidOf, withAllSaid, withMoved } from './fallbacks.ts'
import { iconFor } from './looks.ts'
import { PhonePreview, PreviewChannelContext } from './PhonePreview.tsx'
import { SaidFields } from './SaidFields.tsx'

type Config = ConfigOf<'send'>

const nameOf = (channel: string) => channels.find(({ id }) => id === channel)?.name ?? { en: channel }

/** By which channels a message is tried where the one before does not reach, each with words of its own. */
export function FallbackFields({ id, config, change }: FormProps<Config>) {
  const { t } = useTranslation('nodes')
  const format = useFormat()
  const fallbacks = config.fallbacks ?? []
  const used = new Set([config.channel, ...fallbacks.map(({ channel }) => channel)])
  const free = channels.filter(({ id: channel }) => !used.has(channel))
  const set = (next: readonly Fallback[], field: string, declare?: Parameters<typeof change>[2]) =>
    change(withAllSaid(config, [saidOf(config), ...next]), field, declare)
  return (
    <Section title={t('fallbacks.heading')}>
      <p className={styles.hint}>{t('fallbacks.hint')}</p>
      {fallbacks.length === 0 ? null : (
        <ol className={styles.list}>
          {fallbacks.map((fallback, index) => (
            <One
              key={fallback.channel}
              id={id}
              index={index}
              of={fallbacks.length}
              config={linksOf(config)[index + 1] ?? config}
              onMove={(by) => change(withMoved(config, index + 1, index + 1 + by), 'fallbacks')}
              onRemove={() =>
                set(
                  fallbacks.filter((one) => one !== fallback),
                  'fallbacks',
                )
              }
              change={(next, field, declare) =>
                set(
                  fallbacks.map((one) => (one === fallback ? saidOf(next) : one)),
                  `fallbacks.${index}.${field}`,
                  declare,
                )
              }
            />
          ))}
        </ol>
      )}
      <FormMenu
        items={free.map(({ id: channel, name }) => {
          const Icon = iconFor(channel)
          return {
            key: channel,
            icon: <Icon size={14} aria-hidden />,
            label: format.text(name),
            onClick: () => set([...fallbacks, freshFallback(channel)], 'fallbacks'),
          }
        })}
        icon={<Plus size={14} />}
        disabled={free.length === 0 || fallbacks.length >= mostFallbacks}
        data-testid="add-fallback"
      >
        {t('fallbacks.add')}
      </FormMenu>
      {fallbacks.length === 0 ? null : <Rules config={config} change={change} />}
    </Section>
  )
}

/** Which is tried first, and until when the next is. */
function Rules({ config, change }: Pick<FormProps<Config>, 'config' | 'change'>) {
  const { t } = useTranslation('nodes')
  const order = config.order ?? 'listed'
  return (
    <>
      <Field
        label={t('fallbacks.order')}
        path="order"
        extra={<About text={t(`fallbacks.orderHints.${order}`)} />}
      >
        <Segmented
          block
          value={order}
          aria-label={t('fallbacks.order')}
          options={(['listed', 'cheapest'] as const).map((value) => ({
            value,
            label: t(`fallbacks.orders.${value}`),
          }))}
          onChange={(next) => change({ ...config, order: next }, 'order')}
        />
      </Field>
      <Field path="within" hint={t('fallbacks.withinHint')}>
        <InputNumber
          style={{ width: '100%' }}
          prefix={t('fallbacks.within')}
          aria-label={t('fallbacks.within')}
          min={1}
          max={168}
          precision={0}
          value={config.within ?? usualWithin}
          onChange={(within) => change({ ...config, within: within ?? usualWithin }, 'within')}
        />
      </Field>
    </>
  )
}

interface OneProps extends FormProps<Config> {
  readonly index: number
  readonly of: number
  readonly onMove: (by: number) => void
  readonly onRemove: () => void
}

function One({ id, index, of, config, change, onMove, onRemove }: OneProps) {
  const { t } = useTranslation('nodes')
  const format = useFormat()
  const { locale } = useLocale()
  const place = `fallbacks.${index}`
  const problems = useContext(FieldProblemsContext)(place)
  // What is still to be written, and whatever is wrong, is open to be seen; else a person opens it.
  const blank =
    say(config.text, locale).trim() === '' && config.template === null && config.mail === undefined
  const [opened, setOpened] = useState<boolean | null>(blank ? true : null)
  const open = opened ?? problems.length > 0
  const number = index + 1
  const name = format.text(nameOf(config.channel))
  const Icon = iconFor(config.channel)
  const context = useMemo(() => `${place}.`, [place])
  return (
    <li className={styles.one} data-field={place} data-testid={`fallback-${config.channel}`}>
      <div className={styles.head}>
        <button
          type="button"
          className={styles.fold}
          aria-expanded={open}
          onClick={() => setOpened(!open)}
          data-testid={`fold-${config.channel}`}
        >
          <ChevronRight size={14} aria-hidden className={open ? styles.turned : undefined} />
          <Icon size={14} aria-hidden />
          <span className={styles.name}>
            <small>{t('fallbacks.else')}</small> {name}
          </span>
        </button>
        <Button
          type="text"
          size="small"
          icon={<ArrowUp size={13} />}
          aria-label={t('fallbacks.up', { channel: name })}
          onClick={() => onMove(-1)}
        />
        <Button
          type="text"
          size="small"
          icon={<ArrowDown size={13} />}
          aria-label={t('fallbacks.down', { channel: name })}
          disabled={number === of}
          onClick={() => onMove(1)}
        />
        <Button
          type="text"
          size="small"
          danger
          icon={<Trash2 size={13} />}
          aria-label={t('fallbacks.remove', { channel: name })}
          onClick={onRemove}
        />
      </div>
      {open ? (
        <div className={styles.form}>
          <FieldPlaceContext.Provider value={context}>
            <PreviewChannelContext.Provider value={config.channel}>
              <SaidFields id={id} config={config} change={change} />
              <PhonePreview node={id} />
            </PreviewChannelContext.Provider>
          </FieldPlaceContext.Provider>
        </div>
      ) : (
        <p className={styles.line}>{say(config.text, locale) || t('fallbacks.unwritten')}</p>
      )}
    </li>
  )
}
