import { Handle, Position, useReactFlow, useUpdateNodeInternals } from '@xyflow/react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Port } from '../../../shared/nodes/type.ts'
import { portX } from '../../store/graph.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { useCanvas } from '../context.ts'
import styles from './Ports.module.css'

/** The ways out of a card. One that leads nowhere yet shows its name and a plus. */
export function Ports({
  id,
  ports,
  drawn,
}: {
  id: string
  ports: readonly Port[]
  drawn: readonly string[]
}) {
  const { t } = useTranslation('canvas')
  const { screen } = useCanvas()
  const format = useFormat()
  const update = useUpdateNodeInternals()
  const { getInternalNode } = useReactFlow()
  const named = ports.length > 1
  const key = ports.map((port) => port.id).join(' ')
  // Lines end where their port stands, so React Flow must measure anew when the ports change.
  useEffect(() => {
    if (key !== '' && getInternalNode(id)) update(id)
  }, [id, key, update, getInternalNode])
  return ports.map((port, index) => {
    const free = !drawn.includes(port.id)
    const name = format.text(port.name) || port.id
    return (
      <Handle
        key={port.id}
        type="source"
        position={Position.Bottom}
        id={port.id}
        className={free ? `${styles.port} ${styles.free}` : (styles.port ?? '')}
        style={{ left: portX(index, ports.length) }}
        data-testid={`port-${id}-${port.id}`}
        role="button"
        tabIndex={free ? 0 : -1}
        aria-label={t(free ? 'port.free' : 'port.drawn', { name })}
        onClick={(event) => {
          if (!free) return
          const { left, bottom } = event.currentTarget.getBoundingClientRect()
          screen.setState({
            quickAdd: { screen: { x: left, y: bottom + 4 }, place: null, from: { node: id, port: port.id } },
          })
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== ' ') return
          event.preventDefault()
          event.stopPropagation()
          event.currentTarget.click()
        }}
      >
        {free && named ? <span className={styles.name}>{name}</span> : null}
      </Handle>
    )
  })
}
