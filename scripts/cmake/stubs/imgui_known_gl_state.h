// Dear ImGui's backend asks for some twenty pieces of OpenGL's state before each frame, to put them back behind it. In
// a browser every such question waits until the graphics process has done all it was told so far: milliseconds on a
// good graphics card, a tenth of a second on a computer that draws with its processor. Nothing but that backend draws
// on this canvas, so what it would be told is known: the state in which OpenGL begins, to which it always returns.
#pragma once

#include <GLES3/gl3.h>

static inline void duibiao_known_gl_state(GLenum name, GLint* value) {
    switch (name) {
        case GL_CURRENT_PROGRAM:
        case GL_TEXTURE_BINDING_2D:
        case GL_SAMPLER_BINDING:
        case GL_ARRAY_BUFFER_BINDING:
        case GL_PIXEL_UNPACK_BUFFER_BINDING:
        case GL_VERTEX_ARRAY_BINDING: *value = 0; return;
        case GL_ACTIVE_TEXTURE: *value = GL_TEXTURE0; return;
        case GL_BLEND_SRC_RGB:
        case GL_BLEND_SRC_ALPHA: *value = GL_ONE; return;
        case GL_BLEND_DST_RGB:
        case GL_BLEND_DST_ALPHA: *value = GL_ZERO; return;
        case GL_BLEND_EQUATION_RGB:
        case GL_BLEND_EQUATION_ALPHA: *value = GL_FUNC_ADD; return;
        // Both are set before anything is drawn, and scissoring is off in between.
        case GL_VIEWPORT:
        case GL_SCISSOR_BOX: value[0] = value[1] = value[2] = value[3] = 0; return;
        default: glGetIntegerv(name, value); return;
    }
}

#define glGetIntegerv duibiao_known_gl_state
#define glIsEnabled(capability) ((GLboolean)GL_FALSE)
