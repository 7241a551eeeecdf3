import { useReactFlow, useStoreApi } from '@xyflow/react'
import { useEffect, useMemo, useRef } from 'react'
import { firstView } from '../../canvas/surface/flow.ts'
import type { View } from '../../commands/command.ts'
import { cardSize } from '../../store/graph.ts'
import { lasting } from '../../ui/motion.ts'

/** How long the view takes to another place (ms). */
const glide = 250

/** Commands' view of the React Flow surface. */
export function useView(): View {
  // React Flow hands out another object once it has measured; the view outlives that.
  const latest = useReactFlow()
  const flow = useRef(latest)
  useEffect(() => {
    flow.current = latest
  })
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
        requestAnimationFrame(
          () => void flow.current.fitView({ padding: 0.16, maxZoom: 1, duration: lasting(glide) }),
        )
      },
      begin: () => {
        requestAnimationFrame(() => {
          const { width, height } = store.getState()
          const places = flow.current.getNodes().map(({ position }) => position)
          void flow.current.setViewport(firstView(places, { width, height }), { duration: lasting(glide) })
        })
      },
      reveal: (ids) => {
        requestAnimationFrame(() => {
          const places = ids.flatMap((id) => flow.current.getNode(id)?.position ?? [])
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
          void flow.current.setCenter(first.x + cardSize.width / 2, first.y + cardSize.height / 2, {
            zoom: Math.max(view.zoom, 0.6),
            duration: lasting(glide),
          })
        })
      },
    }
  }, [store])
}
