import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { connect } from '../../commands/connect.ts'
import { disconnect } from '../../commands/disconnect.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { canEnter } from '../../store/graph.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { useCanvas, useDocument, useRun } from '../context.ts'
import { useNode } from '../useNode.ts'
import styles from './Inspector.module.css'

/** Where each port leads: the same as drawing lines, for those who would rather choose. */
export function PortLines({ id }: { id: string }) {
  const { t } = useTranslation('canvas')
  const { types, problems } = useCanvas()
  const { locale } = useLocale()
  const mine = useStore(problems, ({ byNode }) => byNode[id])
  const run = useRun()
  const format = useFormat()
  const node = useNode(id)
  const nodes = useDocument(({ journey }) => journey.nodes)
  const edges = useDocument(({ journey }) => journey.edges[id])
  if (node === null || node.ports.length === 0) return null
  const targets = Object.entries(nodes)
    .filter(([other, { type }]) => other !== id && canEnter(type, types))
    .map(([other, { name }]) => ({ value: other, label: format.text(name), id: other }))
  const lead = (port: string, to: string | undefined) => {
    if (to === undefined) run(disconnect, { from: id, port })
    else run(connect, { from: id, port, to })
  }
  return (
    <section className={styles.section}>
      <h3>{t('inspector.next')}</h3>
      {node.ports.map((port) => {
        const name = format.text(port.name) || port.id
        const told = mine?.find(({ field }) => field === `ports.${port.id}`)
        return (
          <div key={port.id} className={styles.port} data-field={`ports.${port.id}`}>
            <span title={told?.message[locale] ?? name}>{name}</span>
            <Select
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              status={told === undefined ? '' : told.severity}
              value={edges?.[port.id] ?? null}
              placeholder={t('inspector.nowhere')}
              aria-label={t('inspector.leadsTo', { name })}
              data-testid={`leads-${port.id}`}
              options={targets}
              optionRender={({ data }) => (
                <span className={styles.target}>
                  {data.label}
                  <small>{data.id}</small>
                </span>
              )}
              onChange={(to: string | null | undefined) => lead(port.id, to ?? undefined)}
            />
          </div>
        )
      })}
    </section>
  )
}
