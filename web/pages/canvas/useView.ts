import { useReactFlow, useStoreApi } from '@xyflow/react'
import { useMemo } from 'react'
import type { View } from '../../commands/command.ts'
import { cardSize } from '../../store/graph.ts'

/** Commands' view of the React Flow surface. */
export function useView(): View {
  const flow = useReactFlow()
  const store = useStoreApi()
  return useMemo<View>(() => {
    const seen = () => {
      const { width, height, transform } = store.getState()
      const [x, y, zoom] = transform
      return { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom, zoom }
    }
    return {
      middle: () => {
        const { x, y, width, height } = seen()
        return { x: x + width / 2, y: y + height / 2 }
      },
      // A frame later, when what was just changed has been drawn.
      fit: () => {
        requestAnimationFrame(() => void flow.fitView({ padding: 0.16, maxZoom: 1, duration: 250 }))
      },
      reveal: (ids) => {
        requestAnimationFrame(() => {
          const places = ids.flatMap((id) => flow.getNode(id)?.position ?? [])
          const view = seen()
          const inside = places.every(
            ({ x, y }) =>
              x >= view.x &&
              y >= view.y &&
              x + cardSize.width <= view.x + view.width &&
              y + cardSize.height + 24 <= view.y + view.height,
          )
          const [first] = places
          if (inside || first === undefined) return
          void flow.setCenter(first.x + cardSize.width / 2, first.y + cardSize.height / 2, {
            zoom: Math.max(view.zoom, 0.6),
            duration: 250,
          })
        })
      },
    }
  }, [flow, store])
}
